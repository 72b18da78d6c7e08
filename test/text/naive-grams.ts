const MOD = 2n ** 32n

/** The bucket of one gram, by the letter of the model's contract and in unlimited integers. */
export const naiveBucket = (gram: readonly number[], buckets: number): number => {
  let hash = 2166136261n
  for (const codePoint of gram) hash = ((hash ^ BigInt(codePoint)) * 16777619n) % MOD
  hash ^= hash >> 15n
  hash = (hash * 0x2c1b3c6dn) % MOD
  hash ^= hash >> 12n
  return Number(hash % BigInt(buckets))
}

export const codePointsOf = (text: string): number[] =>
  Array.from(text, (character) => character.codePointAt(0) ?? 0)

/** Every gram of a text as text: of each word between two spaces. */
export const naiveGrams = (text: string, maxGram: number): ReadonlySet<string> => {
  const grams = new Set<string>()
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const padded = Array.from(` ${word} `)
    for (let size = 1; size <= maxGram; size += 1)
      for (let from = 0; from + size <= padded.length; from += 1)
        grams.add(padded.slice(from, from + size).join(''))
  }
  return grams
}

export const naiveBuckets = (text: string, size: { buckets: number; maxGram: number }): number[] => {
  const buckets = [...naiveGrams(text, size.maxGram)].map((gram) =>
    naiveBucket(codePointsOf(gram), size.buckets),
  )
  return [...new Set(buckets)].toSorted((a, b) => a - b)
}
