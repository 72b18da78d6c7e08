import { type Disguise, lineAttack, spanAttacks } from './attack.js'
import { jamoOf } from './letters.js'

/** Two neighbours change places: 새끼 -> 끼새, 씨발놈 -> 씨놈발. */
const swap: Disguise = (span, random) => {
  const letters = Array.from(span)
  const places = letters.flatMap((letter, index) => {
    const next = letters[index + 1]
    return next !== undefined && letter !== ' ' && next !== ' ' && letter !== next ? [index] : []
  })
  if (places.length === 0) return span
  const at = random.pick(places)
  return [...letters.slice(0, at), letters[at + 1], letters[at], ...letters.slice(at + 2)].join('')
}

const reverse: Disguise = (span) => Array.from(span).reverse().join('')

// Korean braille cells (2024 standard) without contractions; a double consonant takes the sixth dot before it.
const CELLS: Readonly<Record<string, string>> = {
  ...{
    ㄱ: '⠈',
    ㄴ: '⠉',
    ㄷ: '⠊',
    ㄹ: '⠐',
    ㅁ: '⠑',
    ㅂ: '⠘',
    ㅅ: '⠠',
    ㅇ: '⠛',
    ㅈ: '⠨',
    ㅊ: '⠰',
    ㅋ: '⠋',
    ㅌ: '⠓',
  },
  ...{
    ㅍ: '⠙',
    ㅎ: '⠚',
    ㄲ: '⠠⠈',
    ㄸ: '⠠⠊',
    ㅃ: '⠠⠘',
    ㅆ: '⠠⠠',
    ㅉ: '⠠⠨',
    ㅏ: '⠣',
    ㅑ: '⠜',
    ㅓ: '⠎',
    ㅕ: '⠱',
  },
  ...{ ㅗ: '⠥', ㅛ: '⠬', ㅜ: '⠍', ㅠ: '⠩', ㅡ: '⠪', ㅣ: '⠕', ㅐ: '⠗', ㅔ: '⠝', ㅒ: '⠜⠗', ㅖ: '⠌', ㅘ: '⠧' },
  ...{ ㅙ: '⠧⠗', ㅚ: '⠽', ㅝ: '⠏', ㅞ: '⠏⠗', ㅟ: '⠍⠗', ㅢ: '⠺' },
}

const braille: Disguise = (span) =>
  Array.from(span, (letter) =>
    jamoOf(letter)
      .map((jamo) => CELLS[jamo] ?? jamo)
      .join(''),
  ).join('')

/** The line without its spaces, as many type. */
const spacesRemoved = (text: string): string => text.replaceAll(' ', '')

/** Every letter of the line apart. */
const spaceAll = (text: string): string => Array.from(text.replaceAll(' ', '')).join(' ')

/** The line written downwards. */
const vertical = (text: string): string => Array.from(text.replaceAll(' ', '')).join('\n')

const COVERS = ['시발점', '시발역', '새끼손가락', '새끼발가락', '병신정변', '새끼고양이']

export const ORDER = [
  ...spanAttacks(2, 'order', { swap }),
  ...spanAttacks(3, 'order', { reverse }),
  ...spanAttacks(3, 'other scripts', { braille }),
  lineAttack(1, 'spacing', 'spaces_removed', spacesRemoved),
  lineAttack(1, 'spacing', 'space_all', spaceAll),
  lineAttack(3, 'spacing', 'vertical', vertical),
  lineAttack(2, 'cover', 'allow_cover', (text, _, random) => {
    const cover = random.pick(COVERS)
    return random.chance(0.5) ? `${cover} ${text}` : `${text} ${cover}`
  }),
]
