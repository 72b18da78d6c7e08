import { expect, test } from 'vitest'
import { emoteEnd, mayBeEmote } from '../../../src/text/canonicalise/emotes.js'
import { SPECIAL } from '../../../src/text/special-tokens.js'
import { mapped } from '../texts.js'

const NAME = 'a'.repeat(39)

test.each([
  [':smile:', 7],
  [':_name-1:', 9],
  [':+1: 발', 4],
  [':x:', 3],
  [`:${NAME}:`, 41],
  ['<3', 2],
  [':) 안녕', 2],
  ['xD', 2],
  ['(하트)', 4],
  ['😂😂', 1],
  ['❤', 1],
])('%s begins with an emote', (raw, end) => {
  expect(emoteEnd(mapped(raw), 0)).toBe(end)
  expect(mayBeEmote(mapped(raw).codePoints[0] ?? 0)).toBe(true)
})

test.each([
  '::',
  ':1:2',
  ': smile:',
  ':smile',
  `:a${NAME}:`,
  'xDrive',
  '(하트',
  '(하하)',
  '하트',
  '☆',
  '♥',
  '漢',
])('%s begins with none', (raw) => {
  expect(emoteEnd(mapped(raw), 0)).toBe(0)
})

test('the emotes of a platform are one code point', () => {
  const text = { codePoints: [SPECIAL.emote], starts: [0], ends: [5] }

  expect(emoteEnd(text, 0)).toBe(1)
})
