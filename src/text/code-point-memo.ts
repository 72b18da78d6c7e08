const CODE_POINTS = 0x110000

/** What is known of a code point, one byte each: memory is bounded, and only touched where text is. */
const UNKNOWN = 0
const NO = 1
const YES = 2

/** The same test, run once for each code point: for patterns, which are dear. */
export const rememberTest = (test: (codePoint: number) => boolean): ((codePoint: number) => boolean) => {
  const answers = new Uint8Array(CODE_POINTS)
  return (codePoint) => {
    if (answers[codePoint] === UNKNOWN) answers[codePoint] = test(codePoint) ? YES : NO
    return answers[codePoint] === YES
  }
}

/** The same change, computed once for each code point; undefined for most, which stay as they are. */
export const rememberChange = <T>(
  change: (codePoint: number) => T | undefined,
): ((codePoint: number) => T | undefined) => {
  const changes = new Map<number, T>()
  const isChanged = rememberTest((codePoint) => {
    const changed = change(codePoint)
    if (changed !== undefined) changes.set(codePoint, changed)
    return changed !== undefined
  })
  return (codePoint) => (isChanged(codePoint) ? changes.get(codePoint) : undefined)
}
