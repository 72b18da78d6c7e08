import type { MessageKind } from '../domain/message.js'
import { CATEGORIES, type Category, type Scores, type VerdictKind } from '../domain/verdict.js'

/** The score, 0..1, from which a category counts. */
export type Thresholds = Readonly<Record<Category, number>>
/** A board post is the highest of many windows, and may so need others than a chat line. */
export type KindThresholds = Readonly<Record<MessageKind, Thresholds>>

/** What `board` leaves out is as in chat. */
export const thresholdsByKind = (
  chat: Thresholds,
  board: Readonly<Partial<Record<Category, number>>> = {},
): KindThresholds => ({ chat, board: { ...chat, ...board } })

/** `flag` when abusive reaches its threshold, else `mild` when any other category reaches its own. */
export function judge(scores: Scores, thresholds: Thresholds): VerdictKind {
  if (scores.abusive >= thresholds.abusive) return 'flag'
  return CATEGORIES.some((category) => scores[category] >= thresholds[category]) ? 'mild' : 'clean'
}
