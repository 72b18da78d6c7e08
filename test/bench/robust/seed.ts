/** The same seed for the same parts on every machine (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/). */
export const seedOf = (...parts: readonly (string | number)[]): number => {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(parts.join('\u0000'))) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
