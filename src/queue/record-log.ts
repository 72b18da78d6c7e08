/** Why a record could not be judged. */
export const DEAD_LETTER_REASONS = ['decode', 'schema', 'oversize', 'model', 'retries'] as const
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number]

export interface DeadLetter {
  readonly reason: DeadLetterReason
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly detail: string
  readonly key: Buffer | null
  /** The original bytes. */
  readonly value: Buffer | null
  readonly traceparent?: string
}

export interface KeyedRecord {
  readonly key: string
  readonly value: string
}

/** Where verdicts, decisions and dead letters are published, at least once. Adapters: Kafka, SQLite. */
export interface RecordLog {
  verdicts(records: readonly KeyedRecord[]): Promise<void>
  decisions(records: readonly KeyedRecord[]): Promise<void>
  deadLetters(letters: readonly DeadLetter[]): Promise<void>
  /** Safe to call twice. */
  close(): Promise<void>
}
