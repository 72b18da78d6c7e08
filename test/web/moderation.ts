import type { FilterEvidence } from '../../src/domain/filter-evidence.js'
import { CATEGORIES, type Scores, type Span } from '../../src/domain/verdict.js'
import { SqliteCaseStore } from '../../src/queue/sqlite-case-store.js'
import { openSqlite } from '../../src/users/sqlite.js'
import { SqliteUserStore } from '../../src/users/sqlite-user-store.js'
import type { Effects } from '../../src/users/user-store.js'

const HALF_LIFE_MS = 86_400_000
const PARTITION = 'test:0'

/** A flagged line to put into a case; what is left out is believable. */
export interface Flagged {
  readonly text: string
  readonly title?: string
  readonly spans?: readonly Span[]
  readonly scores?: Partial<Scores>
  readonly user?: { readonly id: string; readonly name: string }
  readonly channel?: { readonly id: string; readonly name: string }
  readonly messageId?: string
  readonly fragments?: readonly string[]
  readonly reasons?: readonly string[]
  readonly evidence?: readonly FilterEvidence[]
  readonly strikeWeight?: number
  readonly at?: string
}

export const VERSIONS = {
  model: 'cnn-bilstm/1.0.0',
  tokenizer: '7f3a91c2',
  canonicaliser: '1',
  thresholds: '1.0.0',
  rules: '1',
}

export const scoresOf = (some: Partial<Scores>): Scores => {
  const zeros = Object.fromEntries(CATEGORIES.map((category) => [category, 0.01]))
  return { abusive: 0, profanity: 0, insult: 0, hate: 0, sexual: 0, threat: 0, mild: 0, ...zeros, ...some }
}

const suggest = (strikes: number) => (strikes >= 3 ? 'ban' : strikes >= 1.5 ? 'timeout' : 'warn')

const wholeText = (text: string): Span => ({
  start: 0,
  end: Array.from(text).length,
  category: 'abusive',
  view: 'canonical',
})

const effectsOf = (line: Flagged, number: number): Effects => {
  const { user = { id: `u${number}`, name: `user${number}` }, channel = { id: 'c1', name: 'haetae' } } = line
  const at = line.at ?? new Date().toISOString()
  const messageId = line.messageId ?? `m${number}`
  return {
    messageId,
    user: { channelId: channel.id, userId: user.id },
    sentAtMs: Date.parse(at),
    strikeWeight: line.strikeWeight ?? 1,
    evidence: {
      line: {
        messageId,
        text: line.text,
        ...(line.title === undefined ? {} : { title: line.title }),
        scores: scoresOf(line.scores ?? { abusive: 0.97 }),
        spans: line.spans ?? [wholeText(line.text)],
        ...(line.evidence === undefined ? {} : { evidence: line.evidence }),
        sentAt: at,
        ...(line.fragments === undefined ? {} : { fragments: line.fragments }),
        reasons: line.reasons ?? [],
      },
      severity: line.scores?.abusive ?? 0.97,
      channelName: channel.name,
      userName: user.name,
      versions: VERSIONS,
      at,
    },
  }
}

/** The real SQLite stores on one file, and a way to flag lines as the pipeline would. */
export const openModeration = (path: string) => {
  const database = openSqlite(path)
  const users = new SqliteUserStore(database, { halfLifeMs: HALF_LIFE_MS })
  const cases = new SqliteCaseStore(database, { halfLifeMs: HALF_LIFE_MS, suggest })
  const flag = async (...lines: readonly Flagged[]): Promise<void> => {
    const base = await users.watermark(PARTITION)
    const effects = lines.map((line, at) => effectsOf(line, base + 1 + at))
    await users.apply({ partition: PARTITION, base, next: base + lines.length, effects })
  }
  return { cases, flag, close: () => database.close() }
}
