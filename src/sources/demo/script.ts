import { ENGLISH_ABUSE, KOREAN_ABUSE, OPENING_ABUSE, SPLIT_ABUSE } from './abuse.js'
import { BOARD_POSTS } from './board-posts.js'
import {
  BOARD,
  type DemoChannel,
  type DemoLanguage,
  type DemoUser,
  ENGLISH_CHAT,
  ENGLISH_CROWD,
  KOREAN_CHAT,
  KOREAN_CROWD,
  OFFENDERS,
} from './cast.js'
import * as english from './english-chat.js'
import { ENGLISH_INNOCENTS, KOREAN_INNOCENTS } from './innocents.js'
import * as korean from './korean-chat.js'
import { createRandom, pickWeighted, type Random } from './random.js'
import { fillSlots } from './slots.js'

export interface DemoLine {
  readonly channel: DemoChannel
  readonly author: DemoUser
  readonly text: string
  readonly title?: string
  /** What the author of the script meant: for tests, never sent. */
  readonly isAbusive: boolean
  /** Wait before this line, in mean gaps: 1 is the stream's average, less is a burst. */
  readonly gap: number
}

interface Place {
  readonly channel: DemoChannel
  readonly crowd: readonly DemoUser[]
  readonly moods: readonly (readonly [readonly string[], number])[]
  readonly raids: readonly string[]
  readonly abuse: readonly string[]
}

const PLACES: Readonly<Record<DemoLanguage, Place>> = {
  ko: {
    channel: KOREAN_CHAT,
    crowd: KOREAN_CROWD,
    moods: [
      [korean.KOREAN_LAUGHS, 22],
      [korean.KOREAN_SHORT, 28],
      [korean.KOREAN_TALK, 34],
      [korean.KOREAN_EMOTES, 8],
      [korean.KOREAN_SOCIAL, 4],
      [KOREAN_INNOCENTS, 7],
      [korean.KOREAN_MILD, 1],
    ],
    raids: korean.KOREAN_RAIDS,
    abuse: KOREAN_ABUSE,
  },
  en: {
    channel: ENGLISH_CHAT,
    crowd: ENGLISH_CROWD,
    moods: [
      [english.ENGLISH_SHORT, 40],
      [english.ENGLISH_TALK, 34],
      [english.ENGLISH_EMOTES, 14],
      [english.ENGLISH_SOCIAL, 5],
      [ENGLISH_INNOCENTS, 6],
      [english.ENGLISH_MILD, 1],
    ],
    raids: english.ENGLISH_RAIDS,
    abuse: ENGLISH_ABUSE,
  },
}

const phrase = (random: Random, text: string, crowd: readonly DemoUser[]): string =>
  fillSlots(
    text.replace('{user}', () => random.pick(crowd).name),
    random,
  )

// Exponential gaps make arrivals look like people; the floor keeps two lines apart.
const chatGap = (random: Random): number => 0.1 - 0.95 * Math.log(1 - random.next())

const pickPlace = (random: Random): Place => PLACES[random.chance(0.72) ? 'ko' : 'en']

const chatter = (random: Random): readonly DemoLine[] => {
  const { channel, crowd, moods } = pickPlace(random)
  const text = phrase(random, random.pick(pickWeighted(random, moods)), crowd)
  return [{ channel, author: random.pick(crowd), text, isAbusive: false, gap: chatGap(random) }]
}

const boardPost = (random: Random): readonly DemoLine[] => {
  const post = random.pick(BOARD_POSTS)
  const offenders = OFFENDERS.filter(({ language }) => language === 'ko').map(({ user }) => user)
  const author = random.pick(post.isAbusive ? offenders : KOREAN_CROWD)
  return [{ channel: BOARD, author, title: post.title, text: post.body, isAbusive: post.isAbusive, gap: 1 }]
}

const abuse = (random: Random): readonly DemoLine[] => {
  const { user, language } = random.pick(OFFENDERS)
  const { channel, abuse: lines, crowd } = PLACES[language]
  const text = phrase(random, random.pick(lines), crowd)
  return [{ channel, author: user, text, isAbusive: true, gap: chatGap(random) }]
}

const splitAbuse = (random: Random): readonly DemoLine[] => {
  const offenders = OFFENDERS.filter(({ language }) => language === 'ko')
  const author = random.pick(offenders).user
  const parts = random.pick(SPLIT_ABUSE)
  return parts.flatMap((text, index) => {
    const isAbusive = index === parts.length - 1
    const fragment: DemoLine = { channel: KOREAN_CHAT, author, text, isAbusive, gap: 1 }
    return isAbusive ? [fragment] : [fragment, ...chatter(random)]
  })
}

const raid = (random: Random): readonly DemoLine[] => {
  const { channel, crowd, raids } = pickPlace(random)
  const text = phrase(random, random.pick(raids), crowd)
  return Array.from({ length: 18 + random.int(18) }, () => ({
    channel,
    author: random.pick(crowd),
    text,
    isAbusive: false,
    gap: 0.15 + 0.2 * random.next(),
  }))
}

const SCENES: readonly (readonly [(random: Random) => readonly DemoLine[], number])[] = [
  [chatter, 940],
  [boardPost, 25],
  [abuse, 27],
  [splitAbuse, 4],
  [raid, 4],
]

const opening = (random: Random): readonly DemoLine[] => {
  const line = (author: DemoUser, text: string, isAbusive = false): DemoLine => ({
    channel: KOREAN_CHAT,
    author,
    text: fillSlots(text, random),
    isAbusive,
    gap: 1.5,
  })
  const [first, second] = OFFENDERS.map(({ user }) => user)
  const [greeting, question, laugh, trap] = [
    '안녕하세요 {emote}',
    '오늘 뭐 해요?',
    '{laugh}',
    '시발점부터 다시 보자',
  ]
  const crowd = (text: string): DemoLine => line(random.pick(KOREAN_CROWD), text)
  const abusive = (author: DemoUser | undefined, text: string | undefined): readonly DemoLine[] =>
    author === undefined || text === undefined ? [] : [line(author, text, true)]
  return [
    ...[greeting, question, laugh].map((text) => crowd(text ?? '')),
    ...abusive(first, OPENING_ABUSE[0]),
    ...[trap, laugh].map((text) => crowd(text ?? '')),
    ...abusive(second, OPENING_ABUSE[1]),
  ]
}

/** An endless stream of lines of the seed; the first abusive one is the fourth. */
export function* demoScript(seed: number): Generator<DemoLine, never> {
  const random = createRandom(seed)
  yield* opening(random)
  for (;;) yield* pickWeighted(random, SCENES)(random)
}
