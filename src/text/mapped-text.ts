/**
 * A text of which every code point knows the code points of the original that it came from. The three
 * arrays have one length; `starts[i]..ends[i]` is half-open, in code points of the original.
 */
export interface MappedText {
  readonly codePoints: readonly number[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}
