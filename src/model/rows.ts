import type { MessageKind } from '../domain/message.js'
import { CATEGORIES } from '../domain/verdict.js'
import { type MappedText, type Range, rawRange } from '../text/mapped-text.js'
import { type Tokens, tokenRange } from '../text/wordpiece.js'
import type { LinearModel } from './linear.js'
import type { Logits } from './logits.js'
import type { WindowSize } from './manifest.js'
import { windowsOf } from './windows.js'

/**
 * Rows of one text that the network is asked, where a linear stage can say which are worth it: a text of rare
 * words in all views would else cost hundreds (a chat line) or thousands (a post). Of 90,000 recorded chat lines 9
 * have more than 64 rows (111 at most), harmless ones counted; of 6,696 posts 13 have more than 256.
 */
export const MAX_ASKED = { chat: 64, board: 256 } as const satisfies Record<MessageKind, number>

/**
 * Who had the last word on a row: the linear stage alone, the network (with the linear stage's share), or the network
 * of a second model (with the share of both).
 */
export const DECIDERS = ['linear', 'network', 'second'] as const
export type DecidedBy = (typeof DECIDERS)[number]

/** What gives a row its mixed logits; a second model may have a say after that. */
export type RowInput =
  | { readonly decidedBy: 'linear'; readonly logits: Logits }
  | {
      readonly decidedBy: 'network'
      /** At least one. */
      readonly ids: ArrayLike<number>
      /** From the network's: with the linear share, where there is a linear stage. */
      readonly mix: Mix
    }

type Mix = (network: Logits) => Logits

/** A text that is scored as one: all of a part, or as many of its tokens as the network takes. */
export interface Row<Part> {
  readonly of: Part
  /** What its tokens cover: half-open, in code points of the original. */
  readonly range: Range
  readonly input: RowInput
}

export interface RowsOptions {
  readonly encode: (text: MappedText) => Tokens
  readonly window: WindowSize
  readonly linear?: LinearModel | undefined
}

interface WithText {
  readonly text: MappedText
}

/** A part that the linear stage has read. */
interface Read<Part> {
  readonly part: Part
  readonly range: Range
  readonly own: Logits
}

/**
 * The rows of some parts of one text, in order; none of a part without tokens. Of those that the linear stage
 * does not clear, the network is asked at most `maxAsked` rows, those with the highest linear `abusive` first, passing
 * over parts with more rows than are left; without a linear stage all.
 */
export type RowsOf = <Part extends WithText>(parts: readonly Part[], maxAsked: number) => readonly Row<Part>[]

const ABUSIVE = CATEGORIES.indexOf('abusive')
const abusiveOf = ({ own }: Read<unknown>): number => own[ABUSIVE] ?? 0

/** Only what the network is asked is tokenised. */
export function createRowsOf({ encode, window, linear }: RowsOptions): RowsOf {
  const asked = <Part extends WithText>(part: Part, mix: Mix): readonly Row<Part>[] =>
    windowsOf(encode(part.text), window).map((tokens) => ({
      of: part,
      range: rawRange(tokens),
      input: { decidedBy: 'network', ids: tokens.ids, mix },
    }))

  if (linear === undefined) return (parts) => parts.flatMap((part) => asked(part, (network) => network))

  const askedOf = <Part extends WithText>(passed: readonly Read<Part>[], maxAsked: number) => {
    const rowsOf = new Map<Part, readonly Row<Part>[]>()
    let left = maxAsked
    const ranked = passed.toSorted((a, b) => abusiveOf(b) - abusiveOf(a))
    // However many parts do not fit, no more than these are tokenised to find that out.
    for (const { part, own } of ranked.slice(0, 2 * maxAsked)) {
      if (left === 0) break
      const rows = asked(part, (network) => linear.mixed(network, own))
      if (rows.length > left) continue
      rowsOf.set(part, rows)
      left -= rows.length
    }
    return rowsOf
  }

  const alone = <Part>({ part, range, own }: Read<Part>): Row<Part> => ({
    of: part,
    range,
    input: { decidedBy: 'linear', logits: linear.alone(own) },
  })

  const read = <Part extends WithText>(part: Part): Read<Part> | undefined => {
    const range = tokenRange(part.text)
    return range && { part, range, own: linear.logits(part.text) }
  }

  return (parts, maxAsked) => {
    const all = parts.map(read).filter((each) => each !== undefined)
    const passed = all.filter(({ own }) => !linear.clears(own))
    if (passed.length === 0) return all.map(alone)
    const rowsOf = askedOf(passed, maxAsked)
    return all.flatMap((each) => rowsOf.get(each.part) ?? [alone(each)])
  }
}
