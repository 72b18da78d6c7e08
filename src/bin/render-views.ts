import { once } from 'node:events'
import { renderLine } from '../text/render-line.js'

// The training's window on the text stage. A JSON object {text, kind?, emotes?} a line on stdin; on stdout,
// in the same order, an array of [name, rendered view] a line. Run: node dist/src/bin/render-views.js

const FLUSH_UNITS = 1 << 16
const NEW_LINE = '\n'

/** Whole lines of a byte stream; split at line feeds only, as JSON Lines wants. */
async function* linesOf(stream: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let rest = ''
  for await (const chunk of stream) {
    const lines = (rest + chunk).split(NEW_LINE)
    rest = lines.pop() ?? ''
    yield lines
  }
  if (rest !== '') yield [rest]
}

const main = async (): Promise<void> => {
  process.stdin.setEncoding('utf8')
  let pending = ''
  for await (const lines of linesOf(process.stdin)) {
    for (const line of lines) if (line.trim() !== '') pending += renderLine(line) + NEW_LINE
    if (pending.length < FLUSH_UNITS) continue
    if (!process.stdout.write(pending)) await once(process.stdout, 'drain')
    pending = ''
  }
  process.stdout.write(pending)
}

await main()
