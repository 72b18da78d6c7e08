import { mustNotRepeat, openingRecord } from './case-record.js'
import { seenSegment, userSegment } from './keys.js'
import type { SqliteDatabase } from './sqlite.js'
import { SqliteCases } from './sqlite-cases.js'
import { addStrikes, type Strikes, strikesAt } from './strikes.js'
import type {
  AppliedEffect,
  ApplyResult,
  EffectBatch,
  Effects,
  Fragment,
  UserKey,
  UserStore,
} from './user-store.js'
import { FRAGMENTS_MS, SEEN_MS, type UserStoreOptions } from './user-store-options.js'

const PRUNE_EVERY_MS = 60_000

const prepareStatements = ({ sql }: SqliteDatabase) => ({
  watermark: sql.prepare('SELECT next FROM watermarks WHERE partition = ?'),
  moveWatermark: sql.prepare('INSERT OR REPLACE INTO watermarks (partition, next) VALUES (?, ?)'),
  see: sql.prepare('INSERT OR IGNORE INTO seen (id, at_ms) VALUES (?, ?)'),
  forgetSeen: sql.prepare('DELETE FROM seen WHERE at_ms < ?'),
  strikes: sql.prepare('SELECT score, at_ms AS atMs FROM strikes WHERE user = ?'),
  setStrikes: sql.prepare('INSERT OR REPLACE INTO strikes (user, score, at_ms) VALUES (?, ?, ?)'),
  fragments: sql.prepare('SELECT window FROM fragments WHERE user = ?'),
  setFragments: sql.prepare('INSERT OR REPLACE INTO fragments (user, window, at_ms) VALUES (?, ?, ?)'),
  dropFragments: sql.prepare('DELETE FROM fragments WHERE user = ?'),
  forgetFragments: sql.prepare('DELETE FROM fragments WHERE at_ms < ?'),
  enqueue: sql.prepare('INSERT INTO outbox (partition, entry, at_ms) VALUES (?, ?, ?)'),
})

/** The embedded user store: every batch is one synchronous transaction. */
export class SqliteUserStore implements UserStore {
  private readonly statements
  private readonly cases: SqliteCases
  private readonly halfLifeMs: number
  private prunedMs = 0

  constructor(
    private readonly database: SqliteDatabase,
    { halfLifeMs }: UserStoreOptions,
    /** Wall clock: only decides when old rows are dropped. */
    private readonly now: () => number = Date.now,
  ) {
    this.statements = prepareStatements(database)
    this.cases = new SqliteCases(database)
    this.halfLifeMs = halfLifeMs
  }

  async watermark(partition: string): Promise<number> {
    return this.readWatermark(partition)
  }

  async fragments(users: readonly UserKey[]): Promise<readonly (readonly Fragment[])[]> {
    return users.map((user) => {
      const row = this.statements.fragments.get(userSegment(user)) as { window: string } | undefined
      return row ? JSON.parse(row.window) : []
    })
  }

  async apply(batch: EffectBatch): Promise<ApplyResult> {
    const result = this.database.transact(() => this.applyBatch(batch))
    const hasCase = result.kind === 'applied' && result.effects.some((effect) => effect.caseId)
    if (hasCase) this.database.changes.emit('case-event')
    return result
  }

  async close(): Promise<void> {}

  private readWatermark(partition: string): number {
    return (this.statements.watermark.get(partition) as { next: number } | undefined)?.next ?? -1
  }

  private applyBatch(batch: EffectBatch): ApplyResult {
    const current = this.readWatermark(batch.partition)
    if (current !== batch.base) return { kind: 'stale', watermark: current }
    this.prune()
    const effects = batch.effects.map((effect) => this.applyOne(batch.partition, effect))
    this.statements.moveWatermark.run(batch.partition, batch.next)
    return { kind: 'applied', effects }
  }

  private applyOne(partition: string, effect: Effects): AppliedEffect {
    const user = userSegment(effect.user)
    this.setFragments(user, effect.fragments)
    if (mustNotRepeat(effect) && this.wasSeen(effect))
      return { result: 'duplicate', strikes: this.strike(user, effect.sentAtMs, undefined) }
    const strikes = this.strike(user, effect.sentAtMs, effect.strikeWeight)
    if (effect.verdict) this.enqueue(partition, { kind: 'verdict', ...effect.verdict })
    return { result: 'applied', strikes, ...this.addEvidence(partition, effect, strikes) }
  }

  private wasSeen({ user, messageId }: Effects): boolean {
    return this.statements.see.run(seenSegment(user, messageId), this.now()).changes === 0
  }

  private setFragments(user: string, window: readonly Fragment[] | undefined): void {
    if (window?.length === 0) this.statements.dropFragments.run(user)
    else if (window) this.statements.setFragments.run(user, JSON.stringify(window), this.now())
  }

  private strike(user: string, sentAtMs: number, weight: number | undefined): number {
    const before = (this.statements.strikes.get(user) as Strikes | undefined) ?? null
    if (weight === undefined) return strikesAt(before, sentAtMs, this.halfLifeMs)
    const after = addStrikes(before, weight, sentAtMs, this.halfLifeMs)
    this.statements.setStrikes.run(user, after.score, after.atMs)
    return strikesAt(after, sentAtMs, this.halfLifeMs)
  }

  private addEvidence(partition: string, effect: Effects, strikes: number) {
    const { evidence } = effect
    const found = evidence && this.cases.addEvidence(effect, evidence, strikes)
    if (!found) return {}
    if (found.opened) {
      const snapshot = { ...openingRecord(effect, evidence), strikes }
      this.enqueue(partition, { kind: 'case-opened', jobId: found.id, snapshot })
    }
    return { caseId: found.id, caseOpened: found.opened }
  }

  private enqueue(partition: string, entry: object): void {
    this.statements.enqueue.run(partition, JSON.stringify(entry), this.now())
  }

  private prune(): void {
    if (this.now() - this.prunedMs < PRUNE_EVERY_MS) return
    this.prunedMs = this.now()
    this.statements.forgetSeen.run(this.prunedMs - SEEN_MS)
    this.statements.forgetFragments.run(this.prunedMs - FRAGMENTS_MS)
  }
}
