import { codePointAt, type MappedText, slice, withCodePoints } from '../mapped-text.js'
import { decodeKeyboard } from './keyboard.js'
import { isDigit, isLatin, SPACE } from './letters.js'
import { TLDS } from './mask-patterns.js'

const AT = 0x40
const LOGIN = /^@[a-z0-9_]+$/i
// Neither the path, which often is a random code, nor what says nothing about the host.
const WORDS = /^(?:https?:\/\/)?(?:www\.)?([^@/:?#]*)/i
const TLD = new RegExp(`(?:\\.(?:co|com|or|ne|go|ac))?\\.(?:${TLDS})$`, 'i')

const spaced = (codePoint: number): number => (isLatin(codePoint) || isDigit(codePoint) ? codePoint : SPACE)
const isWordPart = (codePoint: number): boolean => codePoint !== SPACE && !isDigit(codePoint)

/** What a login types on the Korean layout; other logins are names, of which a line in English has many. */
const readLogin = (login: MappedText): MappedText | undefined => {
  const typed = decodeKeyboard(login)
  return typed === login ? undefined : typed
}

/** `length` code points behind `from`, with spaces for the signs between words, as words of either layout. */
const readAddress = (address: MappedText, from: number, length: number): MappedText | undefined => {
  const part = slice(address, from, from + length)
  const words = withCodePoints(part, part.codePoints.map(spaced))
  return words.codePoints.some(isWordPart) ? decodeKeyboard(words) : undefined
}

/**
 * What a link (its host), a mail address (its name) or a mention (@tlqkf) would say if it were words; undefined
 * when it would say nothing.
 */
export const readHiddenWords = (name: MappedText): MappedText | undefined => {
  const written = String.fromCodePoint(...name.codePoints)
  // A name that is not all Latin may be any word.
  if (codePointAt(name, 0) === AT) return LOGIN.test(written) ? readLogin(name) : name
  const [all = '', words = ''] = WORDS.exec(written) ?? []
  return readAddress(name, all.length - words.length, words.replace(TLD, '').length)
}
