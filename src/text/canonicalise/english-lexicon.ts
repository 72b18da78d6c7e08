import { createPieceTrie } from '../piece-trie.js'
import { ENGLISH_WORDS } from './english-words.js'

/** Words (lower case) as paths of code points; the id is the place in `ENGLISH_WORDS`. */
export const ENGLISH_TRIE = createPieceTrie(new Map(ENGLISH_WORDS.map((word, place) => [word, place])))

/** Signs that stand for a letter, and letters that share a sign (1 is i and l), as one of them. */
const CLASSES: readonly (readonly [string, string])[] = [
  ['i', 'il1!|'],
  ['o', 'o0'],
  ['e', 'e3'],
  ['a', 'a4@'],
  ['s', 's5$'],
  ['t', 't7'],
  ['b', 'b8'],
  ['g', 'g9'],
  ['z', 'z2'],
]
const CLASS_OF: ReadonlyMap<number, string> = new Map(
  CLASSES.flatMap(([first, all]) => Array.from(all, (sign): [number, string] => [sign.charCodeAt(0), first])),
)

const isLetter = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a

/** True for a sign that `readSigns` may read as a letter. */
export const isLetterSign = (codePoint: number): boolean => !isLetter(codePoint) && CLASS_OF.has(codePoint)

const skeletonOf = (word: string): string => {
  let skeleton = ''
  for (let i = 0; i < word.length; i += 1) skeleton += CLASS_OF.get(word.charCodeAt(i)) ?? word.charAt(i)
  return skeleton
}

const BY_SKELETON = new Map<string, string[]>()
for (const word of ENGLISH_WORDS) {
  const skeleton = skeletonOf(word)
  const alike = BY_SKELETON.get(skeleton)
  if (alike === undefined) BY_SKELETON.set(skeleton, [word])
  else alike.push(word)
}

/** Letters stand for themselves. */
const isReading = (written: string, word: string): boolean => {
  for (let i = 0; i < word.length; i += 1) {
    const unit = written.charCodeAt(i)
    if (isLetter(unit) && unit !== word.charCodeAt(i)) return false
  }
  return true
}

/** The most frequent English word that `written` (lower case, with signs and digits among its letters: 1d10t) may be. */
export const readSigns = (written: string): string | undefined =>
  BY_SKELETON.get(skeletonOf(written))?.find((word) => isReading(written, word))
