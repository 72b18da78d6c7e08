import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { packageRoot } from '../../src/package-root.js'
import { generateChat } from '../fixtures/stream-generator-chat.js'

export interface NamedLines {
  readonly name: 'generated' | 'recorded'
  readonly lines: readonly string[]
}

const RECORDED = join(packageRoot, '../shared/data/unlabelled/twitch-ko.jsonl.gz')

const textOf = (line: string): readonly string[] => {
  const value: unknown = line === '' ? null : JSON.parse(line)
  return typeof value === 'object' && value !== null && 'text' in value ? [String(value.text)] : []
}

/** The first lines of recorded chat, in time order; none where the data are not beside the repository. */
const recorded = (count: number): readonly string[] => {
  if (!existsSync(RECORDED)) return []
  const text = gunzipSync(readFileSync(RECORDED)).toString('utf8')
  return text.split('\n', count).flatMap(textOf)
}

/** Generated chat with the shape of real chat, and real chat where there is some. */
export const linesFor = (count: number): readonly NamedLines[] => {
  const real = recorded(count)
  return [
    { name: 'generated', lines: generateChat({ seed: 11, lines: count, repeatShare: 0.25 }) },
    ...(real.length === 0 ? [] : [{ name: 'recorded' as const, lines: real }]),
  ]
}
