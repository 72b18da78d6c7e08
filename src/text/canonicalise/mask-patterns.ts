/**
 * What counts as a mention, a link, a phone number, a price. Every pattern has bounded repeats or starts at
 * most once in a run of its own characters, so matching is linear in the text.
 */
type Match = readonly [start: number, end: number]

/** Top-level domains that are no words. */
export const TLDS =
  'com|net|org|kr|io|tv|gg|jp|cn|tw|edu|gov|info|biz|app|dev|xyz|link|live|shop|site|online|club|wiki|moe'
// Also English words or short forms: a domain only when a path follows.
const WORD_TLDS = 'me|be|ly|to|co|so|us|is|gl|id|in|at|gd|st|ai|sh|cc'
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,62})'
const URL = new RegExp(
  [
    '(?:https?:\\/\\/|www\\.)[!-~]+',
    `(?<![a-z0-9.@-])${LABEL}(?:\\.${LABEL}){0,4}\\.(?:(?:${TLDS})(?![a-z0-9-])(?:[:/?#][!-~]*)?|(?:${WORD_TLDS})\\/[!-~]+)`,
    `(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@${LABEL}(?:\\.${LABEL}){1,4}(?![a-z0-9-])`,
  ].join('|'),
  'gi',
)
const TRAILING_MARKS = new Set('.,!?;:\'")]')

/** Without the marks that end a sentence rather than an address. */
const lengthOfAddress = (match: string): number => {
  let length = match.length
  while (TRAILING_MARKS.has(match.charAt(length - 1))) length -= 1
  return length
}

/** Web addresses, bare domains and mail addresses. */
export function* findUrls(units: string): Generator<Match> {
  for (const match of units.matchAll(URL)) yield [match.index, match.index + lengthOfAddress(match[0])]
}

// Latin logins have three letters or more: @ss is something else.
const NAME = /(?<![\p{L}\p{N}_])@(?![a-z0-9_]{1,2}(?![\p{L}\p{N}_]))[\p{L}\p{N}_]{2,40}/giu

/** Mentions: an @ and a name in any script, which could as well be a hidden word. */
export function* findMentions(units: string): Generator<Match> {
  for (const match of units.matchAll(NAME)) yield [match.index, match.index + match[0].length]
}

const SERVICE_LINE = '15(?:22|33|44|66|77|88|99)|16(?:00|44|61|66|68|70|88)|18(?:00|11|33|55|77|99)'
const PHONE = new RegExp(
  [
    '(?<![\\w+.])\\+\\d{1,3}[-. ]?(?:\\(\\d{1,4}\\)[-. ]?)?\\d{1,4}(?:[-. ]?\\d{2,4}){1,4}(?!\\d)',
    '(?<![\\w+.])01[016789][-. ]?\\d{3,4}[-. ]?\\d{4}(?!\\d)',
    '(?<![\\w+.])\\(?0(?:2|[3-6][1-5]|70|80|50\\d)(?:\\)[ ]?|[-.) ])\\d{3,4}[-. ]\\d{4}(?!\\d)',
    `(?<![\\w+.])(?:${SERVICE_LINE})-\\d{4}(?!\\d)`,
  ].join('|'),
  'g',
)
const countDigits = (text: string): number => text.replace(/\D/g, '').length

/** Korean numbers and international ones with a plus sign. */
export function* findPhones(units: string): Generator<Match> {
  for (const match of units.matchAll(PHONE))
    if (countDigits(match[0]) >= (match[0].startsWith('+') ? 9 : 8))
      yield [match.index, match.index + match[0].length]
}

const AMOUNT = '\\d[\\d,]*(?:\\.\\d+)?'
const PRICE = new RegExp(
  [
    `[$₩€£¥]\\s?${AMOUNT}(?:[kKmM](?![a-zA-Z]))?`,
    // 원소, 원칙 and 엔딩 are words of their own.
    `(?<![\\d.,])${AMOUNT}\\s?[천만백십억조]{0,3}\\s?(?:원(?![소색칙숭탑])|달러|유로|엔(?![딩트진터씨])|불(?![가-힣]))`,
  ].join('|'),
  'g',
)

/** 3만원, 15,000원, $20. */
export function* findPrices(units: string): Generator<Match> {
  for (const match of units.matchAll(PRICE)) yield [match.index, match.index + match[0].length]
}
