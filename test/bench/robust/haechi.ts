import { z } from 'zod'
import { type OpenScorer, openScorer } from '../../../src/app-scorer.js'
import { createLogger } from '../../../src/telemetry/logger.js'
import { benchConfig } from '../artifact.js'
import type { Sequence } from './corpus.js'
import type { Outcome, System } from './system.js'

const BLOCK_LINES = 512
const START_MS = Date.UTC(2026, 0, 1)

const answerSchema = z.object({ verdict: z.string(), scores: z.object({ abusive: z.number() }) })

/** The whole path of `haechi score --jsonl`: text, model, rules, and windows where `withUsers`. */
const open = (withUsers: boolean): Promise<OpenScorer> => {
  const config = benchConfig()
  return openScorer(
    { ...config, model: { ...config.model, threads: 2 } },
    { withUsers },
    createLogger('warn', 'bench'),
  )
}

const score = async (scorer: OpenScorer, lines: readonly object[]): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = []
  for (let from = 0; from < lines.length; from += BLOCK_LINES) {
    const block = lines.slice(from, from + BLOCK_LINES).map((line) => Buffer.from(JSON.stringify(line)))
    const output = await scorer.jsonl(block, from + 1)
    for (const line of output.lines) {
      const { verdict, scores } = answerSchema.parse(JSON.parse(line))
      outcomes.push({ isFlagged: verdict === 'flag', score: scores.abusive })
    }
  }
  return outcomes
}

export interface Haechi extends System {
  /** Outcomes of each message of each sequence, through the same-user window. */
  judgeSequences(sequences: readonly Sequence[]): Promise<readonly (readonly Outcome[])[]>
  close(): Promise<void>
}

/** @throws ModelLoadError */
export const openHaechi = async (): Promise<Haechi> => {
  const alone = await open(false)
  const withUsers = await open(true)
  return {
    name: 'haechi',
    judge: async (texts) => {
      const unique = [...new Set(texts)]
      const outcomes = await score(
        alone,
        unique.map((text) => ({ text })),
      )
      return new Map(unique.map((text, index) => [text, outcomes[index] ?? { isFlagged: false, score: 0 }]))
    },
    judgeSequences: async (sequences) => {
      const lines = sequences.flatMap(({ messages }, sequence) =>
        messages.map(({ user, text, atSeconds }, index) => ({
          id: `${sequence}:${index}`,
          channel: `sequence-${sequence}`,
          user,
          text,
          sentAt: new Date(START_MS + atSeconds * 1000).toISOString(),
        })),
      )
      const outcomes = (await score(withUsers, lines)).values()
      return sequences.map(({ messages }) =>
        messages.map(() => outcomes.next().value ?? { isFlagged: false, score: 0 }),
      )
    },
    close: async () => {
      await withUsers.close()
      await alone.close()
    },
  }
}
