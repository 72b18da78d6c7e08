/** What a filter says of one text; `score` is 0 or 1 where it knows no other. */
export interface Outcome {
  readonly isFlagged: boolean
  readonly score: number
}

/** A filter under test. */
export interface System {
  readonly name: string
  /** Outcomes by text. */
  judge(texts: readonly string[]): Promise<ReadonlyMap<string, Outcome>>
}

/** A filter that answers at once. */
export const plainSystem = (name: string, isFlagged: (text: string) => boolean): System => ({
  name,
  judge: async (texts) =>
    new Map(
      [...new Set(texts)].map((text) => {
        const found = isFlagged(text)
        return [text, { isFlagged: found, score: found ? 1 : 0 }]
      }),
    ),
})
