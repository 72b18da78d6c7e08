import type { Term } from '../../src/policy/channel-settings.js'
import { makeViews } from '../../src/text/views.js'

/** The views of a chat line. */
export const viewsOf = (text: string) => makeViews({ text, emotes: [], kind: 'chat' }).views

export const deny = (text: string, more: Partial<Term> = {}): Term => ({
  kind: 'deny',
  text,
  author: 'mod',
  ...more,
})
export const allow = (text: string, more: Partial<Term> = {}): Term => ({
  kind: 'allow-here',
  text,
  author: 'mod',
  ...more,
})
