import { toUSVString } from 'node:util'
import { openExplainer } from '../../app-explain.js'
import type { Message } from '../../domain/message.js'
import { EXIT, UsageError } from '../../errors.js'
import { createLogger } from '../../telemetry/logger.js'
import type { Command, CommandContext } from '../command.js'
import { explanationText } from '../explain-text.js'
import { tellPromoted } from '../promoted-notice.js'
import { configOf, settingFlags } from '../settings-flags.js'

const settings = settingFlags(['model', 'second-model', 'threads', 'data'])

const SOURCES = ['twitch', 'board']
const MAX_INPUT_BYTES = 1024 * 1024

const readStandardInput = async (): Promise<string> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin) {
    const buffer = Buffer.from(chunk)
    bytes += buffer.length
    if (bytes > MAX_INPUT_BYTES)
      throw new UsageError(
        `standard input has more than ${MAX_INPUT_BYTES} bytes; explain one text at a time`,
      )
    chunks.push(buffer)
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}

const textOf = async ({ positionals: [text, ...more] }: CommandContext): Promise<string> => {
  if (text === undefined)
    throw new UsageError('nothing to explain; give one text, or - to read it; see `haechi explain --help`')
  if (more.length > 0) throw new UsageError(`one text at a time, not ${more.length + 1}: put it in quotes`)
  return text === '-' ? readStandardInput() : text
}

const given = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise)

const messageOf = (text: string, { values }: CommandContext): Message => {
  const source = given(values.source, 'twitch')
  if (!SOURCES.includes(source))
    throw new UsageError(`--source must be ${SOURCES.join(' or ')}, not ${JSON.stringify(source)}`)
  const now = new Date()
  const channel = given(values.channel, 'text')
  const user = given(values.user, 'text')
  return {
    id: given(values.message, 'text'),
    source,
    channel: { id: channel, name: channel },
    author: { id: user, name: user, roles: [] },
    text: toUSVString(text),
    emotes: [],
    sentAt: now.toISOString(),
    sentAtMs: now.getTime(),
  }
}

export const explain: Command = {
  name: 'explain',
  summary: 'shows how one text is read: its views, windows, scores, rules and what fired',
  usage: 'TEXT|- [options]',
  options: {
    ...settings.options,
    source: { type: 'string' },
    channel: { type: 'string' },
    user: { type: 'string' },
    message: { type: 'string' },
  },
  help: [
    ...settings.help,
    ['--source twitch|board', 'a chat line (the default), or a post, of which more is judged'],
    ['--channel ID', 'with the settings and terms of this channel'],
    ['--user ID', 'as written by this user: for terms that are allowed to one user'],
    ['--message ID', 'as this message: for terms that are allowed once'],
  ],
  examples: [
    'haechi explain "시1발 뭐하냐"',
    'HAECHI_CONFIG=haechi.yaml haechi explain --channel 40017 "시발점부터 다시 보자"',
    'haechi explain - --source board --json < post.txt',
  ],
  takesPositionals: true,
  run: async (context) => {
    const config = configOf(context)
    const message = messageOf(await textOf(context), context)
    const explainer = await openExplainer(config, createLogger('warn', 'explain'))
    try {
      tellPromoted(explainer.choice, config)
      const explanation = await explainer.explain(message)
      context.print(
        context.values.json === true
          ? JSON.stringify(explanation)
          : explanationText(explanation, { colours: process.stdout.isTTY && !context.env.NO_COLOR }),
      )
      return EXIT.ok
    } finally {
      await explainer.close()
    }
  },
}
