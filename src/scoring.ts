import { toUSVString } from 'node:util'
import type { Message } from './domain/message.js'
import type { Judge, Judgement } from './judging.js'
import { decodeScoreLine } from './sources/decode-score-line.js'
import { judgeAlone, type UserWindows } from './user-windows.js'
import { type UserStore, userKeyOf } from './users/user-store.js'

/** Windows of the same user across lines, as the worker has them. */
export interface UserMemory {
  readonly windows: UserWindows
  readonly store: UserStore
}

export interface ScoreOutput {
  /** One object for each line, in order, without the line end. */
  readonly lines: readonly string[]
  readonly errors: number
}

export interface Scorer {
  /** Scores one block of `haechi score --jsonl`; `firstLine` counts from 1. */
  jsonl(block: readonly Buffer[], firstLine: number): Promise<ScoreOutput>
  text(text: string, id: string): Promise<Judgement>
}

const PARTITION = 'score/0'

const answer = (
  id: unknown,
  { verdict, scores, spans, evidence, versions, isTruncated }: Judgement,
): string =>
  JSON.stringify({
    id,
    verdict,
    scores,
    spans,
    evidence,
    ...(isTruncated ? { truncated: true } : {}),
    versions,
  })

const failure = (id: unknown, code: string, detail: string): string =>
  JSON.stringify({ ...(id === undefined ? {} : { id }), error: { code, detail } })

const plainMessage = (text: string, id: string, nowMs: number): Message => ({
  id,
  source: 'text',
  channel: { id: 'text', name: 'text' },
  author: { id, name: id, roles: [] },
  text: toUSVString(text),
  emotes: [],
  sentAt: new Date(nowMs).toISOString(),
  sentAtMs: nowMs,
})

/** Without `memory` each line is judged on its own; with it, exactly as a worker would that read the same lines. */
export const createScorer = (
  judge: Judge,
  memory: UserMemory | null,
  now: () => number = Date.now,
): Scorer => {
  let watermark = -1

  const judgeInOrder = async ({ windows, store }: UserMemory, messages: readonly Message[], last: number) => {
    const results = await windows.judge(messages)
    const effects = messages.flatMap((message, index) => {
      const result = results[index]
      if (result?.kind !== 'judged' || result.fragments === undefined) return []
      return [
        {
          messageId: message.id,
          user: userKeyOf(message),
          sentAtMs: message.sentAtMs,
          fragments: result.fragments,
        },
      ]
    })
    await store.apply({ partition: PARTITION, base: watermark, next: last, effects })
    watermark = last
    return results
  }

  return {
    jsonl: async (block, firstLine) => {
      const decoded = block.map((line, index) => decodeScoreLine(line, firstLine + index, now()))
      const messages = decoded.flatMap((d) => (d.kind === 'message' ? [d.message] : []))
      const last = firstLine + block.length
      const results =
        memory === null
          ? await Promise.all(messages.map((m) => judgeAlone(judge, m)))
          : await judgeInOrder(memory, messages, last)
      const remaining = results.values()
      let errors = 0
      const lines = decoded.map((line, index) => {
        if (line.kind === 'error') {
          errors += 1
          return failure(line.id, line.error.code, line.error.detail)
        }
        const result = remaining.next().value
        if (result?.kind === 'judged') return answer(line.id ?? String(firstLine + index), result.judgement)
        errors += 1
        return failure(line.id, 'model', result?.detail ?? 'not judged')
      })
      return { lines, errors }
    },
    text: (text, id) => judge.message(plainMessage(text, id, now())),
  }
}
