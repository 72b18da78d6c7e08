/**
 * How far one partition got since it was assigned. Offsets have gaps (transaction markers, compaction) that
 * hold no record: they count as done once every record before them is, else an idle group keeps a lag.
 */
export class PartitionOffsets {
  /** The last record handed over; null before the first. */
  #delivered: number | null = null
  /** The next offset to fetch, beyond any gap; null before the first fetch that found something. */
  #position: number | null = null
  /** The offset after the last record that is done; before that, the first record's. */
  #done: number | null = null
  #committed: number | null = null
  #highWatermark: number | null = null

  /** A fetch gave the records `first` to `last`, and holds nothing more before `position`. */
  delivered(first: number, last: number, position: number, highWatermark: number): void {
    this.#done ??= first
    this.#delivered = last
    this.#position = position
    this.#highWatermark = highWatermark
  }

  /** A fetch found offsets, none of them a record, up to `position`. */
  skipped(position: number, highWatermark: number): void {
    this.#position = position
    this.#highWatermark = highWatermark
  }

  /** What to commit when everything before `offset` is done: that, or beyond the gap that follows it. */
  toCommit(offset: number): number {
    this.#done = Math.max(this.#done ?? 0, offset)
    return this.#isIdle() ? Math.max(this.#position ?? 0, offset) : offset
  }

  /** What to commit though no record was finished since the last commit; null when there is nothing. */
  gapToCommit(): number | null {
    if (!this.#isIdle() || this.#position === null) return null
    return this.#position > (this.#committed ?? -1) ? this.#position : null
  }

  committed(offset: number): void {
    this.#committed = Math.max(this.#committed ?? 0, offset)
  }

  /** Whether no fetch has found anything yet. */
  get isUntouched(): boolean {
    return this.#position === null
  }

  /** Offsets between what is done and the end of the partition, as of the last fetch; null before the first. */
  get lag(): number | null {
    if (this.#highWatermark === null) return null
    const reached = this.#isIdle() ? this.#position : this.#done
    return reached === null ? null : Math.max(0, this.#highWatermark - reached)
  }

  #isIdle(): boolean {
    return this.#delivered === null || (this.#done !== null && this.#done > this.#delivered)
  }
}
