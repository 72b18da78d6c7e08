/** A list of claims, each printed as it is made; the run fails when any is false. */
export interface Checks {
  claim(what: string, isTrue: boolean, detail?: string): void
  readonly failed: number
}

export const createChecks = (): Checks => {
  let failed = 0
  return {
    claim: (what, isTrue, detail = '') => {
      if (!isTrue) failed += 1
      process.stdout.write(
        `  ${isTrue ? 'ok    ' : 'FAILED'}  ${what}${detail === '' ? '' : `: ${detail}`}\n`,
      )
    },
    get failed() {
      return failed
    },
  }
}

/** Differences between two maps: keys of one only, and keys whose values differ. */
export const differences = <A, B>(
  actual: ReadonlyMap<string, A>,
  expected: ReadonlyMap<string, B>,
  isSame: (a: A, b: B) => boolean,
): { readonly missing: string[]; readonly extra: string[]; readonly different: string[] } => ({
  missing: [...expected.keys()].filter((key) => !actual.has(key)),
  extra: [...actual.keys()].filter((key) => !expected.has(key)),
  different: [...expected].flatMap(([key, value]) => {
    const found = actual.get(key)
    return found !== undefined && !isSame(found, value) ? [key] : []
  }),
})

export const isEmpty = (found: ReturnType<typeof differences>): boolean =>
  found.missing.length + found.extra.length + found.different.length === 0

export const summary = (found: ReturnType<typeof differences>): string =>
  (['missing', 'extra', 'different'] as const)
    .map(
      (kind) =>
        `${found[kind].length} ${kind}${found[kind].length > 0 ? ` (${found[kind].slice(0, 3).join(', ')})` : ''}`,
    )
    .join(', ')
