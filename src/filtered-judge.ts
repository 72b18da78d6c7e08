import type { FilterEvidence } from './domain/filter-evidence.js'
import type { Message } from './domain/message.js'
import type { Judge, Judgement } from './judging.js'
import type { ChannelLookup } from './policy/channels.js'
import { type Recall, runFilters } from './policy/filters/filters.js'

/** For messages that are judged on their own. */
export const REMEMBER_NOTHING: Recall = () => []

/**
 * The same judgements, with what the channel's filters found. Exempt roles are not filtered. With a memory,
 * messages of one user must be given in their order.
 */
export const withFilters = (judge: Judge, channels: ChannelLookup, recall: Recall): Judge => {
  const find = (message: Message): readonly FilterEvidence[] => {
    const { filters, exemptRoles } = channels(message.channel.id).settings
    const isExempt = message.author.roles.some((role) => exemptRoles.includes(role))
    return isExempt ? [] : runFilters(message, filters, recall)
  }
  // A short message is judged several times: alone, and joined to what came before it.
  const found = new WeakMap<Message, readonly FilterEvidence[]>()
  const evidenceOf = (message: Message): readonly FilterEvidence[] => {
    const evidence = found.get(message) ?? find(message)
    found.set(message, evidence)
    return evidence
  }
  const filtered = async (message: Message, judging: () => Promise<Judgement>): Promise<Judgement> => {
    // Before anything is awaited: the memory sees messages in the order in which they were given.
    const evidence = evidenceOf(message)
    const judgement = await judging()
    return evidence.length === 0 ? judgement : { ...judgement, evidence }
  }
  return {
    message: (message) => filtered(message, () => judge.message(message)),
    joined: (message, text) => filtered(message, () => judge.joined(message, text)),
  }
}
