/** sysexits(3) codes that `haechi` exits with; `failed` is the answer no of a check. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 64,
  data: 65,
  noInput: 66,
  unavailable: 69,
  software: 70,
  config: 78,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What went wrong, in words, whatever was thrown. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Every error that a person may see: a stable code, and a message that says what, which, and what to do. */
export abstract class HaechiError extends Error {
  abstract readonly code: `HAECHI_${string}`
  abstract readonly exitCode: ExitCode
  override get name(): string {
    return this.constructor.name
  }
}

export class UsageError extends HaechiError {
  readonly code = 'HAECHI_USAGE'
  readonly exitCode = EXIT.usage
}

/** All problems of a configuration at once. */
export class ConfigError extends HaechiError {
  readonly code = 'HAECHI_CONFIG'
  readonly exitCode = EXIT.config
  constructor(readonly problems: readonly string[]) {
    super(
      `the configuration has ${problems.length} problem(s):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    )
  }
}

/** A model artifact that is missing, incomplete, altered, or not made for this version. */
export class ModelLoadError extends HaechiError {
  readonly code = 'HAECHI_MODEL_LOAD'
  readonly exitCode = EXIT.config
}

/** The batcher's queue is full: the caller waits and tries again. */
export class BatcherFullError extends HaechiError {
  readonly code = 'HAECHI_BATCHER_FULL'
  readonly exitCode = EXIT.software
}

/** Inference failed for a batch. */
export class InferenceError extends HaechiError {
  readonly code = 'HAECHI_INFERENCE'
  readonly exitCode = EXIT.software
}

/** The model's threads ended for good, or are closed: the process must be started again. */
export class ModelGoneError extends HaechiError {
  readonly code = 'HAECHI_MODEL_GONE'
  readonly exitCode = EXIT.software
}

/** Kafka, Redis, Twitch or a file could not be reached or opened. */
export class UnavailableError extends HaechiError {
  readonly code = 'HAECHI_UNAVAILABLE'
  readonly exitCode = EXIT.unavailable
}

/** A port that was asked for is in use. */
export class PortInUseError extends HaechiError {
  readonly code = 'HAECHI_PORT_IN_USE'
  readonly exitCode = EXIT.unavailable
}
