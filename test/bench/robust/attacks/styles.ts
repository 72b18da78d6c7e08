import type { Random } from '../../../../src/sources/demo/random.js'

const A = 0x61
const CAPITAL_A = 0x41

const mapLetters = (text: string, change: (index: number, isCapital: boolean, letter: string) => string) =>
  Array.from(text, (letter) => {
    if (/^[a-z]$/.test(letter)) return change(letter.charCodeAt(0) - A, false, letter)
    return /^[A-Z]$/.test(letter) ? change(letter.charCodeAt(0) - CAPITAL_A, true, letter) : letter
  }).join('')

export const asFullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))

/** Capitals begin here and small letters 26 later: bold, bold italic, script, Fraktur, sans, monospace. */
const ALPHABETS = [0x1d400, 0x1d468, 0x1d4d0, 0x1d56c, 0x1d5d4, 0x1d608, 0x1d63c, 0x1d670]

export const asMath = (text: string, random: Random): string => {
  const first = random.pick(ALPHABETS)
  return mapLetters(text, (index, isCapital) => String.fromCodePoint(first + index + (isCapital ? 0 : 26)))
}

/** Small letters in circles or brackets, or capitals in white or black circles and squares. */
export const asEnclosed = (text: string, random: Random): string => {
  const first = random.pick([0x24d0, 0x249c, 0x24b6, 0x1f130, 0x1f150, 0x1f170])
  return mapLetters(text, (index) => String.fromCodePoint(first + index))
}

const OTHERS: Readonly<Record<string, string>> = {
  ...{
    a: 'аα',
    b: 'Ьƅ',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еҽ',
    f: 'ƒ',
    g: 'ɡ',
    h: 'һ',
    i: 'іι',
    j: 'ј',
    k: 'κк',
    l: 'ӏⅼ',
  },
  ...{ m: 'мⅿ', n: 'ո', o: 'оο', p: 'рρ', q: 'ԛ', r: 'г', s: 'ѕ', t: 'тτ', u: 'υս', v: 'ν', w: 'ԝ', x: 'хχ' },
  ...{
    y: 'уү',
    z: 'ᴢ',
    A: 'АΑ',
    B: 'ВΒ',
    C: 'С',
    E: 'ЕΕ',
    H: 'НΗ',
    K: 'КΚ',
    M: 'МΜ',
    O: 'ОΟ',
    P: 'РΡ',
    R: 'Ꭱ',
  },
  ...{ T: 'ТΤ', X: 'ХΧ', Q: 'Ԛ', W: 'Ԝ' },
}

/** Letters of other scripts that look the same, each with `share`, one at least where there is one. */
export const asOtherScript = (text: string, random: Random, share: number): string => {
  const letters = Array.from(text)
  const places = letters.flatMap((letter, index) => (letter in OTHERS ? [index] : []))
  if (places.length === 0) return text
  const sure = random.pick(places)
  return letters
    .map((letter, index) => {
      const others = OTHERS[letter]
      return others !== undefined && (index === sure || random.chance(share))
        ? random.pick(Array.from(others))
        : letter
    })
    .join('')
}
