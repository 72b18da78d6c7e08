import type { Message } from './domain/message.js'
import { ModelGoneError, UnavailableError } from './errors.js'
import { type JudgedJoin, worstFlag } from './judged-joins.js'
import type { Judge, Judgement } from './judging.js'
import { addFragment, earlierFragments, forgetUntil, fragmentText, ORDINARY } from './users/fragments.js'
import { type Join, joinsOf } from './users/joins.js'
import { type Fragment, type UserStore, userKeyOf } from './users/user-store.js'

export interface WindowedJudgement {
  readonly kind: 'judged'
  readonly judgement: Judgement
  /** The user's window after this message; absent = unchanged. */
  readonly fragments?: readonly Fragment[]
  /** The earlier messages that fired only together with this one. */
  readonly joinedFrom: readonly Fragment[]
}

/** One message's result; `failed` means that this message alone cannot be judged. */
export type WindowResult = WindowedJudgement | { readonly kind: 'failed'; readonly detail: string }

export interface UserWindows {
  /**
   * Judges messages of one partition, in order: each alone, and short ones joined to the same user's earlier
   * fragments. Rejects with UnavailableError or ModelGoneError only.
   */
  judge(messages: readonly Message[]): Promise<readonly WindowResult[]>
}

const concernsAll = (error: unknown): boolean =>
  error instanceof UnavailableError ||
  error instanceof ModelGoneError ||
  (error instanceof Error && error.name === 'AbortError')

/** Whatever a hostile text provokes concerns that text alone; a dependency that is away concerns all. */
const settle = async (work: Promise<Judgement>): Promise<WindowResult> => {
  try {
    return { kind: 'judged', judgement: await work, joinedFrom: [] }
  } catch (error) {
    if (concernsAll(error)) throw error
    return {
      kind: 'failed',
      detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    }
  }
}

/** Letters, spaces and marks: a text longer than this is no fragment, whatever it holds. */
const MAX_FRAGMENT_LENGTH = 32

/** The message without memory of its author. Rejects with UnavailableError or ModelGoneError only. */
export const judgeAlone = (judge: Judge, message: Message): Promise<WindowResult> =>
  settle(judge.message(message))

const fragmentOf = (message: Message, { views }: Judgement): Fragment => {
  const codePoints = views[0]?.text.codePoints ?? []
  const text =
    codePoints.length > MAX_FRAGMENT_LENGTH ? null : fragmentText(String.fromCodePoint(...codePoints))
  return { messageId: message.id, text: text ?? ORDINARY, sentAtMs: message.sentAtMs }
}

const isKnown = ({ id }: Message, window: readonly Fragment[]): boolean =>
  window.some(({ messageId }) => messageId === id)

/** A message judged alone. */
interface Item {
  readonly message: Message
  readonly result: WindowResult
  /** The judgement of a join's text; each text is asked about once. */
  readonly joined: (text: string) => Promise<WindowResult>
}

/** An item after its user's earlier ones, before its joins are judged. */
interface Step {
  /** What it may complete. */
  readonly joins: readonly Join[]
  /** When no join is a flag. */
  readonly innocent: WindowResult
  /** The user's window when one is. */
  readonly forgotten: readonly Fragment[]
}

const stepOf = ({ message, result }: Item, window: readonly Fragment[]): Step => {
  const alone = (innocent: WindowResult): Step => ({ joins: [], innocent, forgotten: window })
  // What comes again had its place; the store cannot tell, since it does not see what has no effects.
  if (result.kind === 'failed' || isKnown(message, window)) return alone(result)
  const fragment = fragmentOf(message, result.judgement)
  const forgotten = forgetUntil(window, fragment)
  // One abuse must not fire again with every fragment that follows.
  if (result.judgement.verdict === 'flag') return alone({ ...result, fragments: forgotten })
  // Only where it takes a place among the eight: most messages then change nothing.
  if (fragment.text === ORDINARY && earlierFragments(window, fragment).length === 0) return alone(result)
  const joins = fragment.text === ORDINARY ? [] : joinsOf(window, fragment)
  return { joins, innocent: { ...result, fragments: addFragment(window, fragment) }, forgotten }
}

const windowAfter = (window: readonly Fragment[], result: WindowResult): readonly Fragment[] =>
  result.kind === 'judged' ? (result.fragments ?? window) : window

/** The worst of what the item completes, when that is a flag. */
const completed = async ({ joined }: Item, joins: readonly Join[]): Promise<JudgedJoin | undefined> => {
  const results = await Promise.all(joins.map(async (join) => ({ join, result: await joined(join.text) })))
  const judged = results.flatMap(({ join, result }) =>
    result.kind === 'judged' ? [{ join, judgement: result.judgement }] : [],
  )
  return worstFlag(judged)
}

const windowed = async (item: Item, window: readonly Fragment[]): Promise<WindowResult> => {
  const { joins, innocent, forgotten } = stepOf(item, window)
  const found = await completed(item, joins)
  if (found === undefined) return innocent
  const { judgement, join } = found
  return { kind: 'judged', judgement, fragments: forgotten, joinedFrom: join.from }
}

/**
 * Asks at once about all that a user's messages would be joined to if no join were a flag. Few are: then no message
 * has to wait for the answer to the one before it.
 */
const askAhead = async (items: readonly Item[], stored: readonly Fragment[]): Promise<void> => {
  const asked: Promise<unknown>[] = []
  let window = stored
  for (const item of items) {
    const { joins, innocent } = stepOf(item, window)
    asked.push(completed(item, joins))
    window = windowAfter(window, innocent)
  }
  await Promise.all(asked)
}

/** One user's messages one after the other: each needs the window that the one before it left. */
const inOrder = async (
  items: readonly Item[],
  stored: readonly Fragment[],
): Promise<readonly (readonly [Item, WindowResult])[]> => {
  if (items.length > 1) await askAhead(items, stored)
  let window = stored
  const results: (readonly [Item, WindowResult])[] = []
  for (const item of items) {
    const result = await windowed(item, window)
    window = windowAfter(window, result)
    results.push([item, result])
  }
  return results
}

const once = <T>(ask: (text: string) => Promise<T>): ((text: string) => Promise<T>) => {
  const asked = new Map<string, Promise<T>>()
  return (text) => {
    const answer = asked.get(text) ?? ask(text)
    asked.set(text, answer)
    return answer
  }
}

const userOf = ({ message }: Item): string => JSON.stringify([message.channel.id, message.author.id])

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}

/** `fragments` loads stored windows; what a batch changes is stored by the caller, with its other effects. */
export const createUserWindows = (judge: Judge, fragments: UserStore['fragments']): UserWindows => {
  const judgedAlone = async (message: Message): Promise<Item> => ({
    message,
    result: await judgeAlone(judge, message),
    joined: once((text) => settle(judge.joined(message, text))),
  })

  return {
    judge: async (messages) => {
      const items = await Promise.all(messages.map(judgedAlone))
      const byUser = groupBy(items, userOf)
      const keys = byUser.flatMap(([first]) => (first === undefined ? [] : [userKeyOf(first.message)]))
      const windows = keys.length === 0 ? [] : await fragments(keys)
      const results = await Promise.all(byUser.map((group, index) => inOrder(group, windows[index] ?? [])))
      const byItem = new Map(results.flat())
      return items.map((item) => byItem.get(item) ?? item.result)
    },
  }
}
