import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../../src/package-root.js'
import { createRandom } from '../../../src/sources/demo/random.js'
import type { Range } from './attacks/attack.js'
import { seedOf } from './seed.js'

/** A line, what it belongs to (a category of abuse, a family of traps) and what an attack disguises in it. */
export interface MarkedLine {
  readonly group: string
  readonly text: string
  readonly spans: readonly Range[]
}

export interface SequenceMessage {
  readonly user: string
  readonly text: string
  /** Since the sequence began. */
  readonly atSeconds: number
}

export interface Sequence {
  readonly label: 'abusive' | 'benign' | 'benign-cross'
  /** Index of the message that completes the abuse; -1 where there is none. */
  readonly flagAt: number
  readonly messages: readonly SequenceMessage[]
}

const FOLDER = join(packageRoot, 'test/bench/robust/lines')

/** Lines of a file of the corpus, split at tabs; without comments and blank lines. */
const read = (file: string): readonly (readonly string[])[] =>
  readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))

const OPEN = '⟦'
const CLOSE = '⟧'

/** @throws Error for marks that do not pair. */
export const parseMarks = (marked: string): Omit<MarkedLine, 'group'> => {
  const spans: Range[] = []
  let text = ''
  for (const [index, part] of marked.split(/[⟦⟧]/u).entries()) {
    if (index % 2 === 1) spans.push({ start: text.length, end: text.length + part.length })
    text += part
  }
  const marks = marked.match(/[⟦⟧]/gu) ?? []
  if (marks.some((mark, index) => mark !== (index % 2 === 0 ? OPEN : CLOSE)) || marks.length % 2 === 1)
    throw new Error(`marks do not pair: ${marked}`)
  return { text, spans }
}

export const abusiveLines = (language: 'ko' | 'en'): readonly MarkedLine[] =>
  read(`abusive-${language}.txt`).map(([group = '', marked = '']) => ({ group, ...parseMarks(marked) }))

const WORDS = /[\p{L}\p{N}]{2,}/gu

/** One to three words at random: somebody who plays with letters, not with swear words. */
const markWords = (text: string): readonly Range[] => {
  const random = createRandom(seedOf('words', text))
  const words = Array.from(text.matchAll(WORDS), ({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }))
  const count = 1 + random.int(3)
  const chosen = new Set(Array.from({ length: count }, () => random.int(Math.max(1, words.length))))
  return words.filter((_, index) => chosen.has(index))
}

export const innocentLines = (language: 'ko' | 'en'): readonly MarkedLine[] =>
  read(`innocent-${language}.txt`).map(([group = '', text = '']) => ({ group, text, spans: markWords(text) }))

export const paddingSentences = (language: 'ko' | 'en'): readonly string[] =>
  read('padding.txt')
    .map(([sentence = '']) => sentence)
    .filter((sentence) => /\p{Script=Hangul}/u.test(sentence) === (language === 'ko'))

const MESSAGE = /^(?:\+(\d+) )?([^:]+):(.*)$/su
const PAUSE_SECONDS = 2

const parseMessages = (field: string): readonly SequenceMessage[] => {
  let atSeconds = -PAUSE_SECONDS
  return field.split(' / ').map((part) => {
    const [, pause, user = '', text = ''] = MESSAGE.exec(part) ?? []
    if (user === '') throw new Error(`no user in ${part}`)
    atSeconds += pause === undefined ? PAUSE_SECONDS : Number(pause)
    return { user, text, atSeconds }
  })
}

const labelOf = (label: string): Sequence['label'] => {
  if (label === 'abusive' || label === 'benign' || label === 'benign-cross') return label
  throw new Error(`no label: ${label}`)
}

export const sequences = (): readonly Sequence[] =>
  read('sequences.txt').map(([label = '', flagAt = '', messages = '']) => ({
    label: labelOf(label),
    flagAt: Number(flagAt) - 1,
    messages: parseMessages(messages),
  }))
