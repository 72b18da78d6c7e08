/** One record as a source delivers it: undecoded, with the place it must be committed at. */
export interface SourceRecord {
  readonly topic: string
  readonly partition: number
  /** Rises by at least one within a partition. */
  readonly offset: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** When the record was produced, ms since the epoch: latency is measured from here. */
  readonly timestampMs: number
  readonly traceparent?: string
}

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** `chat.messages/3`: names a partition in stores, lanes and metrics. */
export const partitionName = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`

/** What a source calls. Neither method throws. */
export interface RecordSink {
  /**
   * From now on exactly these partitions are ours. What was accepted before is dropped: the source
   * delivers again from the last commit.
   */
  assign(partitions: readonly TopicPartition[]): void
  /**
   * Takes all of the records, in offset order within one partition; asks for a pause when it has enough. `end`
   * is the offset after the partition's last record, where the source knows it.
   */
  accept(partition: TopicPartition, records: readonly SourceRecord[], end?: number): void
}

export type CommitResult = 'ok' | 'rejected'

/** Where messages come from. Adapters: Kafka, Twitch, file, demo. */
export interface Source {
  /** Resolves when records can arrive; a finite source calls `onEnd` after its last record. */
  start(sink: RecordSink, onEnd: () => void): Promise<void>
  setPaused(partition: TopicPartition, paused: boolean): void
  /**
   * `offset` is the next one to read. Gives `rejected` when the partitions changed hands meanwhile, and may
   * throw: neither is a loss, for a later commit covers it.
   */
  commit(offsets: readonly (TopicPartition & { readonly offset: number })[]): Promise<CommitResult>
  /** Safe to call twice. */
  close(): Promise<void>
}
