export interface Bucketed {
  readonly ids: ArrayLike<number>
  readonly queuedMs: number
}

/** Rows waiting, apart by length so that a batch has little padding. */
export interface LengthBuckets<Row extends Bucketed> {
  add(row: Row): void
  /** The batch that waits longest among those that are full or were begun at or before `dueMs`. */
  take(dueMs: number): Row[] | undefined
  /** When the row that waits longest was queued. */
  oldestMs(): number | undefined
}

interface Bucket<Row> {
  /** The longest row that belongs here, in tokens. */
  readonly bound: number
  /** Rows of a full batch. */
  readonly capacity: number
  readonly rows: Row[]
}

const SHORTEST = 4
// A batch is padded to its longest row: by half at worst.
const GROWTH = 1.5

/** Buckets by length (4, 6, 9, 13, 20 ... tokens); a batch has at most `maxTokens` with padding, or one row. */
export function createLengthBuckets<Row extends Bucketed>(limits: {
  readonly maxTokens: number
  readonly maxRows: number
}): LengthBuckets<Row> {
  const buckets = makeBuckets<Row>(limits.maxTokens, limits.maxRows)

  const isReady = ({ rows, capacity }: Bucket<Row>, dueMs: number): boolean =>
    rows.length >= capacity || headMs(rows) <= dueMs

  return {
    add: (row) => buckets.find(({ bound }) => row.ids.length <= bound)?.rows.push(row),
    take: (dueMs) => {
      const bucket = oldest(buckets.filter((each) => isReady(each, dueMs)))
      return bucket?.rows.splice(0, bucket.capacity)
    },
    oldestMs: () => oldest(buckets)?.rows[0]?.queuedMs,
  }
}

function makeBuckets<Row>(maxTokens: number, maxRows: number): Bucket<Row>[] {
  const buckets: Bucket<Row>[] = []
  for (let exact = SHORTEST; exact < maxTokens; exact *= GROWTH) {
    const bound = Math.floor(exact)
    buckets.push({ bound, capacity: Math.min(maxRows, Math.floor(maxTokens / bound)), rows: [] })
  }
  return [...buckets, { bound: Number.POSITIVE_INFINITY, capacity: 1, rows: [] }]
}

const headMs = (rows: readonly Bucketed[]): number => rows[0]?.queuedMs ?? Number.POSITIVE_INFINITY

function oldest<Row extends Bucketed>(buckets: readonly Bucket<Row>[]): Bucket<Row> | undefined {
  let found: Bucket<Row> | undefined
  for (const bucket of buckets) {
    if (bucket.rows.length > 0 && headMs(bucket.rows) < headMs(found?.rows ?? [])) found = bucket
  }
  return found
}
