/** What was opened, closed in reverse order; one failure does not keep the rest open. */
export interface Closers {
  add(close: () => Promise<void> | void): void
  /** Safe to call twice. Rejects with the first failure after everything was closed. */
  closeAll(): Promise<void>
}

export const createClosers = (): Closers => {
  const opened: (() => Promise<void> | void)[] = []
  let closing: Promise<void> | null = null
  const run = async (): Promise<void> => {
    const failures: unknown[] = []
    for (const close of opened.reverse()) {
      try {
        await close()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
  return {
    add: (close) => {
      opened.push(close)
    },
    closeAll: () => {
      closing ??= run()
      return closing
    },
  }
}
