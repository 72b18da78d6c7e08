export const ROLES = ['broadcaster', 'moderator', 'vip', 'subscriber', 'first-time'] as const
export type Role = (typeof ROLES)[number]

/** An emote in the text: half-open, in code points. */
export interface Emote {
  readonly id: string
  readonly start: number
  readonly end: number
}

/** One chat line or board post, as the envelope carries it (schema: `schema/message.schema.json`). */
export interface Message {
  /** The source's own id, unique. */
  readonly id: string
  readonly source: string
  readonly channel: { readonly id: string; readonly name: string }
  readonly author: { readonly id: string; readonly name: string; readonly roles: readonly Role[] }
  readonly text: string
  readonly title?: string
  readonly emotes: readonly Emote[]
  readonly replyTo?: string
  /** RFC 3339, as received. */
  readonly sentAt: string
  /** `sentAt` in milliseconds since the epoch: event time, the only clock that strikes and windows use. */
  readonly sentAtMs: number
  readonly lang?: string
}

/** Chat is short and judged at once; a board post is judged by windows over all of it. */
export type MessageKind = 'chat' | 'board'

export const kindOf = (source: string): MessageKind => (source === 'board' ? 'board' : 'chat')
