import { join } from 'node:path'
import { SHIPPED_MODEL } from '../../src/app-judging.js'
import { packageRoot } from '../../src/package-root.js'
import { DEFAULT_TERMS } from '../../src/policy/default-terms.js'
import { compileTerms } from '../../src/policy/terms.js'
import type { MappedText } from '../../src/text/mapped-text.js'
import { scoredParts } from '../../src/text/scored-views.js'
import { makeViews } from '../../src/text/views.js'
import { loadVocab } from '../../src/text/vocab.js'
import { WordPiece } from '../../src/text/wordpiece.js'
import type { HostileInput } from './hostile.js'

/** Everything that happens to a text before the model: views, terms, windows, tokens. */
export interface TextPath {
  run(input: HostileInput): void
  /** Its first step alone. */
  makeViews(input: HostileInput): void
  /** What is wrong with the offsets that come out; undefined when nothing is. */
  offsetsProblem(input: HostileInput): string | undefined
}

interface Mapped {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

const isInside = ({ starts, ends }: Mapped, codePoints: number): boolean =>
  starts.length === ends.length &&
  starts.every((start, i) => start >= 0 && start < (ends[i] ?? 0) && (ends[i] ?? 0) <= codePoints)

const DENIED = ['시발', '병신', '개새끼', 'fuck', 'shit', 'ㅅㅂ', '꺼 져']

export const openTextPath = async (): Promise<TextPath> => {
  const wordPiece = new WordPiece(await loadVocab(join(packageRoot, SHIPPED_MODEL, 'tokenizer.json')))
  const rules = compileTerms([
    ...DEFAULT_TERMS,
    ...DENIED.map((text) => ({ kind: 'deny', text, author: 'fuzz' }) as const),
  ])
  const read = (input: HostileInput) => {
    const { views, codePoints } = makeViews(input)
    const ruled = rules.apply(views, { messageId: 'fuzz', userId: 'fuzz', atMs: 0 })
    const texts = scoredParts(ruled.views).map(({ text }) => text)
    return { views, codePoints, ruled, texts, tokens: texts.map((text) => wordPiece.encode(text)) }
  }
  return {
    run: read,
    makeViews,
    offsetsProblem: (input) => {
      const { views, codePoints, ruled, texts, tokens } = read(input)
      const isMapped = (text: MappedText): boolean =>
        text.codePoints.length === text.starts.length && isInside(text, codePoints)
      const wrongView = [...views, ...ruled.views].find(({ text }) => !isMapped(text))
      if (wrongView !== undefined) return `offsets of the ${wrongView.name} view`
      if (!texts.every(isMapped)) return 'offsets of a window'
      if (!tokens.every((own) => own.ids.length === own.starts.length && isInside(own, codePoints)))
        return 'offsets of tokens'
      const spans = ruled.denied.map(({ span }) => span)
      const isSpan = spans.every(({ start, end }) => start >= 0 && start < end && end <= codePoints)
      return isSpan ? undefined : 'span of a term'
    },
  }
}
