import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { reasonOf, UnavailableError } from '../errors.js'
import { LineSplitter } from './file-source-lines.js'
import type { RecordSink, Source, SourceRecord, TopicPartition } from './source.js'

/** Of a line that is too long (which the decoder refuses at 64 KiB), this much goes to the dead letter. */
const MAX_LINE_BYTES = 1024 * 1024

export interface FileSourceOptions {
  /** A path, or an open stream such as standard input. */
  readonly input: string | Readable
  /** Names the partition: give each run its own, for a stream is read from its beginning each time. */
  readonly topic?: string
  readonly now: () => number
  /** Reading failed half-way; `onEnd` is not called. */
  readonly onError: (error: UnavailableError) => void
}

/**
 * Lines of JSON, an envelope each, as one partition (`file/0`) whose offsets are the line numbers, from 1.
 * Empty lines are skipped.
 */
export class FileSource implements Source {
  readonly #options: FileSourceOptions
  readonly #partition: TopicPartition
  readonly #splitter = new LineSplitter(MAX_LINE_BYTES)
  #stream: Readable | null = null
  #lineNumber = 0
  #isPaused = false

  constructor(options: FileSourceOptions) {
    this.#options = options
    this.#partition = { topic: options.topic ?? 'file', partition: 0 }
  }

  /** @throws UnavailableError when the file cannot be opened */
  async start(sink: RecordSink, onEnd: () => void): Promise<void> {
    const { input } = this.#options
    const stream = typeof input === 'string' ? await openFile(input) : input
    this.#stream = stream
    stream.on('error', (error) =>
      this.#options.onError(unreadable(typeof input === 'string' ? input : 'the input', error)),
    )
    sink.assign([this.#partition])
    stream.on('data', (chunk: Buffer | string) => {
      this.#deliver(sink, this.#splitter.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)))
      if (this.#isPaused) stream.pause()
    })
    stream.on('end', () => {
      const last = this.#splitter.end()
      if (last !== null) this.#deliver(sink, [last])
      onEnd()
    })
  }

  setPaused(_partition: TopicPartition, paused: boolean): void {
    this.#isPaused = paused
    if (paused) this.#stream?.pause()
    else this.#stream?.resume()
  }

  /** Nothing to do: a stream cannot be read again from the middle. */
  async commit(): Promise<'ok'> {
    return 'ok'
  }

  async close(): Promise<void> {
    this.#stream?.destroy()
  }

  #deliver(sink: RecordSink, lines: readonly Buffer[]): void {
    const records = lines.map((line) => this.#record(line)).filter(({ value }) => !isBlank(value))
    if (records.length > 0) sink.accept(this.#partition, records)
  }

  #record(value: Buffer): SourceRecord & { readonly value: Buffer } {
    this.#lineNumber += 1
    return {
      ...this.#partition,
      offset: this.#lineNumber,
      key: null,
      value,
      timestampMs: this.#options.now(),
    }
  }
}

// An empty line may still carry the carriage return of a Windows file.
const isBlank = (line: Buffer): boolean => line.length === 0 || (line.length === 1 && line[0] === 0x0d)

const openFile = async (path: string): Promise<Readable> => {
  const stream = createReadStream(path)
  try {
    await once(stream, 'ready')
    return stream
  } catch (error) {
    throw unreadable(path, error)
  }
}

const unreadable = (input: string, cause: unknown): UnavailableError =>
  new UnavailableError(`cannot read ${input}: ${reasonOf(cause)}; check the path and its permissions`, {
    cause,
  })
