import type { Random } from '../../../../src/sources/demo/random.js'
import { type Attack, lineAttack } from './attack.js'

/** Twitch cuts a message at 500 characters; what people flood stays below. */
const MAX_LENGTH = 470
const FLOODS = ['ㅋㅋㅋㅋ', '가즈아 ', '와 ', 'ㄷㄷ ', '🔥', '~', '응원 ', 'gg ', 'lol ', '.', '축하 ', '♥']
const ENGLISH_FLOODS = ['lol ', 'gg ', 'POG ', 'W ', '🔥', 'go go ', '~', 'hype ', '. ']

const take = (sentences: readonly string[], random: Random, room: number, separator: string): string => {
  const chosen: string[] = []
  let left = room
  for (let count = 1 + random.int(3); count > 0; count -= 1) {
    const sentence = random.pick(sentences)
    if (sentence.length + separator.length > left) continue
    chosen.push(sentence)
    left -= sentence.length + separator.length
  }
  return chosen.join(separator)
}

const affix =
  (sentences: readonly string[], separator: string): Attack['apply'] =>
  (text, _, random) => {
    const side = random.pick(['before', 'behind', 'both'])
    const room = Math.max(0, MAX_LENGTH - text.length) / 2
    const before = side === 'behind' ? '' : take(sentences, random, room, separator)
    const behind = side === 'before' ? '' : take(sentences, random, room, separator)
    return [before, text, behind].filter((part) => part !== '').join(separator)
  }

const flood =
  (units: readonly string[]): Attack['apply'] =>
  (text, _, random) => {
    const unit = random.pick(units)
    const times = Math.floor((MAX_LENGTH - text.length) / 2 / unit.length)
    const before = unit.repeat(Math.max(1, random.int(times)))
    const behind = unit.repeat(Math.max(1, random.int(times)))
    return `${before} ${text} ${behind}`
  }

/** Kind sentences around the line, with and without spaces, and a flood around it. */
export const paddingAttacks = (prefix: string, sentences: readonly string[]): readonly Attack[] => [
  lineAttack(1, 'padding', `${prefix}affix_benign`, affix(sentences, ' ')),
  lineAttack(1, 'padding', `${prefix}affix_tight`, affix(sentences, '')),
  lineAttack(1, 'padding', `${prefix}spam_pad`, flood(prefix === '' ? FLOODS : ENGLISH_FLOODS)),
]
