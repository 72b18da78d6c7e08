import type { Random } from '../../../../src/sources/demo/random.js'
import { type Disguise, spanAttacks } from './attack.js'
import { changeSome, mapSyllables, putTogether, type Syllable, takeApart } from './letters.js'

type Table = Readonly<Record<string, string>>

// Each letter and what sounds (nearly) like it, the most usual first.
const ONSETS: Table = {
  ㄱ: 'ㄲㅋ',
  ㄲ: 'ㄱㅋ',
  ㄷ: 'ㄸㅌ',
  ㄸ: 'ㄷ',
  ㅂ: 'ㅃㅍ',
  ㅃ: 'ㅂ',
  ㅅ: 'ㅆ',
  ㅆ: 'ㅅ',
  ㅈ: 'ㅉㅊ',
  ㅉ: 'ㅈ',
  ㅊ: 'ㅈ',
  ㅋ: 'ㄱㄲ',
  ㅌ: 'ㄷㄸ',
  ㅍ: 'ㅂㅃ',
}
const SAME_VOWELS: Table = { ㅐ: 'ㅔ', ㅔ: 'ㅐ', ㅒ: 'ㅖ', ㅖ: 'ㅔ', ㅚ: 'ㅙㅞ', ㅙ: 'ㅚ', ㅞ: 'ㅚ' }
const CODAS: Table = {
  ㄱ: 'ㅋㄲ',
  ㄴ: 'ㄵㄶ',
  ㄷ: 'ㅅㅌ',
  ㄹ: 'ㅀㄼ',
  ㅁ: 'ㄻ',
  ㅂ: 'ㅍㅄ',
  ㅅ: 'ㅆㅊㅈ',
  ㅈ: 'ㅊㅅ',
  ㅊ: 'ㅈㅅ',
  ㅆ: 'ㅅ',
}
const NEAR_VOWELS: Table = {
  ㅣ: 'ㅟㅢㅡ',
  ㅏ: 'ㅑㅓ',
  ㅓ: 'ㅕㅏ',
  ㅕ: 'ㅓㅔㅑ',
  ㅗ: 'ㅛㅜ',
  ㅜ: 'ㅠㅗ',
  ㅐ: 'ㅒㅔ',
  ㅔ: 'ㅖㅐ',
  ㅡ: 'ㅜㅣ',
}

const soundsLike = (table: Table, letter: string, random: Random): string | null => {
  const others = Array.from(table[letter] ?? '')
  return others.length === 0 ? null : random.pick(others)
}

const respell = (parts: Syllable, random: Random): string | null => {
  const ways = [
    { ...parts, onset: soundsLike(ONSETS, parts.onset, random) ?? '' },
    { ...parts, vowel: soundsLike(SAME_VOWELS, parts.vowel, random) ?? '' },
    { ...parts, coda: soundsLike(CODAS, parts.coda, random) ?? parts.coda },
  ].filter((way) => way.onset !== '' && way.vowel !== '' && putTogether(way) !== putTogether(parts))
  return ways.length === 0 ? null : putTogether(random.pick(ways))
}

const changeSyllables = (
  span: string,
  random: Random,
  share: number,
  change: (parts: Syllable) => string | null,
): string =>
  changeSome(span, random, share, (letter) => {
    const parts = takeApart(letter)
    return parts === null ? null : change(parts)
  })

export const homophone: Disguise = (span, random) =>
  changeSyllables(span, random, 0.3, (parts) => respell(parts, random))

/** 쉬발, 시벌, 뱡신. */
export const vowelShift: Disguise = (span, random) =>
  changeSyllables(span, random, 0.2, (parts) => {
    const vowel = soundsLike(NEAR_VOWELS, parts.vowel, random)
    return vowel === null ? null : putTogether({ ...parts, vowel })
  })

const LONGER: Table = { ㄱ: 'ㄳ', ㄴ: 'ㄶㄵ', ㄹ: 'ㅀㄺㄼ', ㅂ: 'ㅄ' }

/** 싯발, 싟밣. */
export const codaAdd: Disguise = (span, random) =>
  changeSyllables(span, random, 0.4, (parts) => {
    const coda =
      parts.coda === '' ? random.pick(Array.from('ㅅㅆㅂㅇㄴㄱㄹㅎ')) : soundsLike(LONGER, parts.coda, random)
    return coda === null ? null : putTogether({ ...parts, coda })
  })

export const codaDrop: Disguise = (span, random) =>
  changeSyllables(span, random, 0, (parts) =>
    parts.coda === '' ? null : putTogether({ ...parts, coda: '' }),
  )

const CODA_OF: Table = { ㄸ: 'ㄷ', ㅃ: 'ㅂ', ㅉ: 'ㅈ' }

/** An onset moves back (시발 -> 십알, 새끼 -> 샊이) or a coda moves on (놈이 -> 노미). */
export const resyllabify: Disguise = (span, random) => {
  const letters = Array.from(span)
  const pairs = letters.flatMap((letter, index) => {
    const [a, b] = [takeApart(letter), takeApart(letters[index + 1] ?? '')]
    if (a === null || b === null) return []
    if (a.coda === '' && b.onset !== 'ㅇ') {
      const coda = CODA_OF[b.onset] ?? b.onset
      return [{ index, to: putTogether({ ...a, coda }) + putTogether({ ...b, onset: 'ㅇ' }) }]
    }
    const isMovable = a.coda in ONSETS || 'ㄴㄹㅁ'.includes(a.coda)
    if (a.coda === '' || !isMovable || b.onset !== 'ㅇ') return []
    return [{ index, to: putTogether({ ...a, coda: '' }) + putTogether({ ...b, onset: a.coda }) }]
  })
  if (pairs.length === 0) return span
  const { index, to } = random.pick(pairs)
  return [...letters.slice(0, index), to, ...letters.slice(index + 2)].join('')
}

const NUMBERS: Table = {
  일: '1',
  이: '2',
  삼: '3',
  사: '4',
  오: '5',
  육: '6',
  칠: '7',
  팔: '8',
  구: '9',
  십: '10',
}
const NEAR_NUMBERS: Table = { 발: '8', 빨: '8', 씨: '4', 시: '10', 씹: '10', 질: '7', 년: '2년', 영: '0' }

/** 시팔 -> 18, 시발 -> 시8. */
export const numberRead: Disguise = (span, random) => {
  const eighteen = span.replace(/[시씨][발팔빨]/gu, '18')
  if (eighteen !== span && random.chance(0.5)) return eighteen
  return changeSome(span, random, 0.1, (letter) => NUMBERS[letter] ?? NEAR_NUMBERS[letter] ?? null)
}

const HANJA: Table = {
  시: '市詩屍',
  씨: '氏',
  발: '發足',
  개: '犬',
  새: '鳥',
  년: '年',
  놈: '者',
  병: '病',
  신: '身神',
  자: '子',
  지: '地',
  보: '寶',
  미: '美',
  친: '親',
  녀: '女',
  남: '男',
  충: '蟲',
  사: '死',
  대: '大',
  가: '家',
  인: '人',
  국: '國',
  중: '中',
  장: '長',
  애: '愛',
  모: '母',
  부: '父',
}

const hanjaRead: Disguise = (span, random) =>
  changeSome(span, random, 0.4, (letter) => soundsLike(HANJA, letter, random))

/** The consonants of each syllable trade places: 시발 -> 비살. */
export const swapOnsets: Disguise = (span, random) => {
  const letters = Array.from(span)
  const places = letters.flatMap((letter, index) => {
    const [a, b] = [takeApart(letter), takeApart(letters[index + 1] ?? '')]
    return a !== null && b !== null && a.onset !== b.onset ? [index] : []
  })
  if (places.length === 0) return span
  const at = random.pick(places)
  const next = takeApart(letters[at + 1] ?? '')
  const here = takeApart(letters[at] ?? '')
  let index = -1
  return mapSyllables(span, (parts, letter) => {
    index = letters.indexOf(letter, index + 1)
    if (index === at) return putTogether({ ...parts, onset: next?.onset ?? parts.onset })
    if (index === at + 1) return putTogether({ ...parts, onset: here?.onset ?? parts.onset })
    return letter
  })
}

export const PHONETIC = [
  ...spanAttacks(2, 'phonetic', {
    homophone,
    vowel_shift: vowelShift,
    coda_add: codaAdd,
    coda_drop: codaDrop,
    number_read: numberRead,
    hanja_read: hanjaRead,
  }),
  ...spanAttacks(2, 'resyllabify', { resyllabify }),
  ...spanAttacks(3, 'order', { swap_onsets: swapOnsets }),
]
