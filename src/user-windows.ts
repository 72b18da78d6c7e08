import type { Message } from './domain/message.js'
import { ModelGoneError, UnavailableError } from './errors.js'
import type { Judge, Judgement } from './judging.js'
import { addFragment, earlierFragments, fragmentText, joinFragments } from './users/fragments.js'
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

const fragmentOf = (message: Message, { views }: Judgement): Fragment | null => {
  const codePoints = views[0]?.text.codePoints ?? []
  const text =
    codePoints.length > MAX_FRAGMENT_LENGTH ? null : fragmentText(String.fromCodePoint(...codePoints))
  return text === null ? null : { messageId: message.id, text, sentAtMs: message.sentAtMs }
}

interface Item {
  readonly message: Message
  readonly result: WindowResult
  readonly fragment: Fragment | null
}

const itemOf = (message: Message, result: WindowResult): Item => ({
  message,
  result,
  fragment: result.kind === 'judged' ? fragmentOf(message, result.judgement) : null,
})

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
  const windowed = async (
    { message, result, fragment }: Item,
    window: readonly Fragment[],
  ): Promise<WindowResult> => {
    if (result.kind === 'failed') return result
    // Forget after a flag: one abuse must not fire again with every fragment that follows.
    if (result.judgement.verdict === 'flag') return { ...result, fragments: [] }
    if (fragment === null) return result
    const text = joinFragments(window, fragment)
    const kept = { ...result, fragments: addFragment(window, fragment) }
    if (text === null) return kept
    const joined = await settle(judge.joined(message, text))
    if (joined.kind === 'failed' || joined.judgement.verdict !== 'flag') return kept
    return { ...joined, fragments: [], joinedFrom: earlierFragments(window, fragment) }
  }

  /** One user's messages one after the other: each needs the window that the one before it left. */
  const inOrder = async (
    items: readonly Item[],
    stored: readonly Fragment[],
  ): Promise<readonly (readonly [Item, WindowResult])[]> => {
    let window = stored
    const results: (readonly [Item, WindowResult])[] = []
    for (const item of items) {
      const result = await windowed(item, window)
      if (result.kind === 'judged' && result.fragments !== undefined) window = result.fragments
      results.push([item, result])
    }
    return results
  }

  return {
    judge: async (messages) => {
      const items = await Promise.all(
        messages.map(async (message) => itemOf(message, await judgeAlone(judge, message))),
      )
      const byUser = groupBy(items, userOf)
      const withFragments = byUser.filter((group) => group.some((item) => item.fragment !== null))
      const keys = withFragments.flatMap(([first]) => (first === undefined ? [] : [userKeyOf(first.message)]))
      const windows = keys.length === 0 ? [] : await fragments(keys)
      const stored = new Map(withFragments.map((group, index) => [group, windows[index] ?? []]))
      const results = await Promise.all(byUser.map((group) => inOrder(group, stored.get(group) ?? [])))
      const byItem = new Map(results.flat())
      return items.map((item) => byItem.get(item) ?? item.result)
    },
  }
}
