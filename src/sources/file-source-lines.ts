const NEWLINE = 0x0a

/**
 * Cuts a byte stream into lines at `\n` only (JSON strings may hold U+2028, at which other splitters cut).
 * A line keeps at most `maxBytes` of its bytes, so that one without end cannot fill the memory.
 */
export class LineSplitter {
  #parts: Buffer[] = []
  #bytes = 0

  constructor(private readonly maxBytes: number) {}

  /** The lines that end within `chunk`, without their newlines. */
  push(chunk: Buffer): readonly Buffer[] {
    const lines: Buffer[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end))
      lines.push(this.#take())
      start = end + 1
    }
    this.#keep(chunk.subarray(start))
    return lines
  }

  /** What followed the last newline; null when nothing did. */
  end(): Buffer | null {
    return this.#bytes === 0 ? null : this.#take()
  }

  #keep(part: Buffer): void {
    const kept = part.subarray(0, this.maxBytes - this.#bytes)
    if (kept.length === 0) return
    this.#parts.push(kept)
    this.#bytes += kept.length
  }

  #take(): Buffer {
    const [first, ...rest] = this.#parts
    const line = first === undefined || rest.length > 0 ? Buffer.concat(this.#parts) : first
    this.#parts = []
    this.#bytes = 0
    return line
  }
}
