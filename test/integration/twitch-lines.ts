import type { IrcLine } from '../fixtures/irc-server.js'

/** What must arrive for a line; `emotes` are the texts that the positions cut out. */
export interface ExpectedLine {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly text: string
  readonly emotes: readonly string[]
}

export interface Scripted {
  readonly line: IrcLine
  /** Null: the line must not arrive. */
  readonly expected: ExpectedLine | null
}

export const ROOMS: Readonly<Record<string, string>> = { haechi: '501', raccoon: '502' }

interface Shape {
  readonly text: string
  /** As Twitch counts: code points, the end inclusive. */
  readonly emotes?: string
  readonly read?: string
  readonly cut?: readonly string[]
}

const SHAPES: readonly Shape[] = [
  { text: '안녕하세요' },
  { text: '😂🔥👍🏽 Kappa 가자 Kappa', emotes: '25:5-9,14-18', cut: ['Kappa', 'Kappa'] },
  { text: '\u0001ACTION 춤춘다 LUL\u0001', emotes: '425618:4-6', read: '춤춘다 LUL', cut: ['LUL'] },
  { text: 'Kappa Kappa', emotes: '25:6-40/86:50-54', cut: ['Kappa'] },
  { text: 'ㅋㅋㅋㅋ \u{E0000}' },
  { text: 'gg \u034F' },
  { text: '𝓗𝓪𝓹𝓹𝔂 PogChamp : ; = \\s', emotes: '305954156:6-13', cut: ['PogChamp'] },
  { text: '시1발 뭐하냐' },
]

const NAMES: readonly (readonly [string, string])[] = [
  ['1', '1'],
  ['0', '0'],
  ['', 'viewer'],
  ['해치 팬', '해치 팬'],
  ['Otter', 'Otter'],
]

const scripted = (index: number): readonly Scripted[] => {
  const shape = SHAPES[index % SHAPES.length] ?? { text: '' }
  const [shown = '', fallback = ''] = NAMES[index % NAMES.length] ?? []
  const user = String(index % 37)
  const login = `viewer${user}`
  const channel = index % 3 === 0 ? 'raccoon' : 'haechi'
  const room = ROOMS[channel] ?? ''
  const id = `line-${index}`
  const tags = {
    'badge-info': '',
    badges: index % 5 === 0 ? 'subscriber/12' : '',
    'display-name': shown,
    emotes: shape.emotes ?? '',
    'first-msg': index % 11 === 0 ? '1' : '0',
    id,
    mod: '0',
    'room-id': room,
    'tmi-sent-ts': String(Date.UTC(2026, 0, 1) + index),
    'user-id': user,
  }
  const expected: ExpectedLine = {
    id,
    key: `${room}:${user}`,
    name: fallback === 'viewer' ? login : fallback,
    text: shape.read ?? shape.text,
    emotes: shape.cut ?? [],
  }
  if (index % 20 !== 0) return [{ line: { channel, login, tags, text: shape.text }, expected }]
  return withCopy({ channel, login, tags, text: shape.text }, expected)
}

/** In Shared Chat a line comes to the other room too, under an id of its own. */
const withCopy = (line: IrcLine, expected: ExpectedLine): readonly Scripted[] => {
  const home = { 'source-id': line.tags.id ?? '', 'source-room-id': line.tags['room-id'] ?? '' }
  const channel = line.channel === 'haechi' ? 'raccoon' : 'haechi'
  const copy = { ...line.tags, ...home, id: `copy-${line.tags.id}`, 'room-id': ROOMS[channel] ?? '' }
  const original = { line: { ...line, tags: { ...line.tags, ...home } }, expected }
  const repeated = { line: { ...line, channel, tags: copy }, expected: null }
  // Either may come first.
  return line.channel === 'haechi' ? [original, repeated] : [repeated, original]
}

/** `count` lines that must arrive, and a copy of every twentieth that must not. */
export const scriptLines = (count: number): readonly Scripted[] =>
  Array.from({ length: count }, (_, index) => scripted(index)).flat()
