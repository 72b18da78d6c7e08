import type { CaseLine } from '../domain/case.js'
import type { Message } from '../domain/message.js'
import type { Versions } from '../domain/verdict.js'

/** One (channel, user): strikes, fragments and cases are kept by it. */
export interface UserKey {
  readonly channelId: string
  readonly userId: string
}

/** A message kept for the same-user window. */
export interface Fragment {
  readonly messageId: string
  /** Its letters when it is short; empty for one that only takes its place. */
  readonly text: string
  readonly sentAtMs: number
}

/** What one message does to a user; messages without effects are only covered by `next`. */
export interface Effects {
  readonly messageId: string
  readonly user: UserKey
  readonly sentAtMs: number
  /** The user's whole window after this message, kept also of a duplicate; absent = unchanged, empty = none. */
  readonly fragments?: readonly Fragment[]
  /** Added to the user's decayed strikes. */
  readonly strikeWeight?: number
  /** Opens the user's case, or adds the line to the open one. */
  readonly evidence?: {
    readonly line: CaseLine
    /** Orders lines within the case, higher is worse. */
    readonly severity: number
    readonly channelName: string
    readonly userName: string
    readonly versions: Versions
    /** RFC 3339 wall-clock time. */
    readonly at: string
  }
  /** A verdict to publish: the record's key and its exact bytes. */
  readonly verdict?: { readonly key: string; readonly value: string }
}

export interface EffectBatch {
  /** `partitionName` of the partition that the messages came from. */
  readonly partition: string
  /** The watermark this batch was computed on. */
  readonly base: number
  /** The last offset that this batch covers. */
  readonly next: number
  /** In offset order. */
  readonly effects: readonly Effects[]
}

/** What became of each of the batch's effects, in order. */
export interface AppliedEffect {
  /** `duplicate`: this message id had its effects before (at another offset); of them only the window is written again. */
  readonly result: 'applied' | 'duplicate'
  /** After this message, decayed to its event time. */
  readonly strikes: number
  readonly caseId?: string
  readonly caseOpened?: boolean
}

export type ApplyResult =
  | { readonly kind: 'applied'; readonly effects: readonly AppliedEffect[] }
  /** Another owner moved the watermark: nothing was done, reload from `watermark`. */
  | { readonly kind: 'stale'; readonly watermark: number }

/** Strikes, fragments, cases and outbox change together or not at all. Adapters: Redis, SQLite. */
export interface UserStore {
  /** The last offset whose effects are durable, -1 when none is. */
  watermark(partition: string): Promise<number>
  /** Windows in the order of the keys; empty for unknown users. */
  fragments(users: readonly UserKey[]): Promise<readonly (readonly Fragment[])[]>
  /** Atomic: compares the watermark with `base`, applies everything, moves the watermark to `next`. */
  apply(batch: EffectBatch): Promise<ApplyResult>
  /** Safe to call twice. */
  close(): Promise<void>
}

export const userKeyOf = (message: Message): UserKey => ({
  channelId: message.channel.id,
  userId: message.author.id,
})
