const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u
/** Of those scripts, what terminals show in one column, and what joins the letter before. */
const HALF_WIDTH = /[\uff61-\uffdc]/u
const JOINING = /[\p{M}\u1160-\u11ff]/u

const widthOf = (character: string): number => {
  if (JOINING.test(character)) return 0
  return WIDE.test(character) && !HALF_WIDTH.test(character) ? 2 : 1
}

/** Columns of a terminal: a Hangul syllable takes two. */
export const displayWidth = (text: string): number => {
  let width = 0
  for (const character of text) width += widthOf(character)
  return width
}

/** The text with spaces up to `width` columns. */
export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)))

export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - displayWidth(text))) + text

/** At most `width` columns, with an ellipsis for what was cut. */
export const cutTo = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text
  let cut = ''
  let used = 1
  for (const character of text) {
    used += widthOf(character)
    if (used > width) break
    cut += character
  }
  return `${cut}…`
}

const UNSAFE = /[\p{C}\p{M}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}"\\]/gu

/** What cannot be seen, or would change what stands beside it on a terminal, by number: `\u{202e}`. */
export const escapeUnsafe = (text: string): string =>
  text.replace(UNSAFE, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  )

/** In quotes, safe for a terminal whatever the text holds. */
export const quoted = (text: string): string => `"${escapeUnsafe(text)}"`
