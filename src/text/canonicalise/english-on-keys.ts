/** Common English words and chat words whose keys would also type whole Korean syllables. */
const WORDS = new Set('fuck'.split(' '))

/** True for a word (ASCII code points) that is English although its keys spell Korean syllables. */
export const isEnglishOnKeys = (keys: readonly number[]): boolean =>
  WORDS.has(String.fromCharCode(...keys).toLowerCase())
