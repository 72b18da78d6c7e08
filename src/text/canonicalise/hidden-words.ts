import { codePointAt, type MappedText, slice, withCodePoints } from '../mapped-text.js'
import { decodeKeyboard } from './keyboard.js'
import { isDigit, isLatin, SPACE } from './letters.js'
import { TLDS } from './mask-patterns.js'

const AT = 0x40
const LOGIN = /^@[a-z0-9_]+$/i
// Neither the path, which often is a random code, nor what says nothing about the host.
const READ_PART = /^(?:https?:\/\/)?(?:www\.)?([^@/:?#]*)/i
const TLD = new RegExp(`(?:\\.(?:co|com|or|ne|go|ac))?\\.(?:${TLDS})$`, 'i')

const WORD = /[a-z][a-z0-9]*/gi
const MIN_WORDS = 2

const spaced = (codePoint: number): number => (isLatin(codePoint) || isDigit(codePoint) ? codePoint : SPACE)

/** What the keys of `name` type on the Korean layout. */
const readTyped = (name: MappedText): MappedText | undefined => {
  const typed = decodeKeyboard(name)
  return typed === name ? undefined : typed
}

/** The words of `from..to` of an address; one by itself is a name (of a site, of a person), unless it types another. */
const readAddress = (
  address: MappedText,
  written: string,
  from: number,
  to: number,
): MappedText | undefined => {
  const part = slice(address, from, to)
  const words = withCodePoints(part, part.codePoints.map(spaced))
  const isSentence = (written.slice(from, to).match(WORD) ?? []).length >= MIN_WORDS
  return readTyped(words) ?? (isSentence ? words : undefined)
}

/**
 * What a link (its host), a mail address (its name) or a mention (@tlqkf) would say if it were words; undefined
 * when it would say nothing. Latin logins are names, of which a line in English has many.
 */
export const readHiddenWords = (name: MappedText): MappedText | undefined => {
  const written = String.fromCodePoint(...name.codePoints)
  // A name that is not all Latin may be any word.
  if (codePointAt(name, 0) === AT) return LOGIN.test(written) ? readTyped(name) : name
  const [all = '', words = ''] = READ_PART.exec(written) ?? []
  return readAddress(name, written, all.length - words.length, all.replace(TLD, '').length)
}
