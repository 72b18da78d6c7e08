import type { Random } from './random.js'

/** What a `{slot}` in a phrase may become. */
const SLOTS: Readonly<Record<string, readonly string[]>> = {
  hero: ['아리', '야스오', '리신', '제트', '트레이서', '럭스', '그레이브즈', '세나'],
  game: ['롤', '발로란트', '마크', '스타', '엘든링', '메이플', '오버워치', '배그'],
  food: ['치킨', '떡볶이', '마라탕', '국밥', '피자', '김밥', '붕어빵', '라면'],
  song: ['밤편지', '첫눈', '여름밤', '소나기', '봄바람'],
  place: ['미드', '탑', '바텀', '정글', '바론', '용', '본진', 'B사이트'],
  item: ['마우스', '키보드', '의자', '마이크', '헤드셋', '모니터'],
  boss: ['the dragon', 'phase two', 'the water level', 'the final boss', 'the clock tower'],
  trick: ['the wall clip', 'that skip', 'the long jump', 'the early warp', 'the frame perfect'],
  snack: ['tacos', 'ramen', 'pancakes', 'dumplings', 'a burrito'],
  emote: ['Kappa', 'LUL', 'PogChamp', 'HeyGuys', 'NotLikeThis', 'BibleThump', 'Kreygasm', 'SeemsGood'],
}

/** Twitch's ids of the global emotes that the phrases use. */
export const EMOTE_IDS: Readonly<Record<string, string>> = {
  Kappa: '25',
  LUL: '425618',
  PogChamp: '305954156',
  HeyGuys: '30259',
  NotLikeThis: '58765',
  BibleThump: '86',
  Kreygasm: '41',
  SeemsGood: '64138',
}

const stretch = (unit: string, random: Random, least: number, spread: number): string =>
  // The square keeps most runs short and lets a few grow long, as in real chat.
  unit.repeat(least + Math.floor(random.next() ** 2 * spread))

const fillSlot = (name: string, random: Random): string => {
  if (name === 'laugh') return stretch('ㅋ', random, 2, 16)
  if (name === 'hehe') return stretch('ㅎ', random, 2, 6)
  if (name === 'cry') return stretch('ㅠ', random, 2, 8)
  if (name === 'n') return String(2 + random.int(28))
  const choices = SLOTS[name]
  return choices === undefined ? `{${name}}` : random.pick(choices)
}

/** A phrase with every `{slot}` filled; unknown slots stay as they are. */
export const fillSlots = (phrase: string, random: Random): string =>
  phrase.replace(/\{(\w+)\}/g, (_, name: string) => fillSlot(name, random))
