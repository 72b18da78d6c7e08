import { expect, test } from 'vitest'
import { likenessAt } from '../../../src/text/canonicalise/known-word-match.js'
import { mapped } from '../texts.js'

const like = (raw: string, word: string) =>
  likenessAt(
    mapped(raw),
    0,
    Array.from(word, (syllable) => syllable.charCodeAt(0)),
  )

test.each([
  ['새끼야', '새끼', { end: 2, exact: 2, sound: 0, initials: 0, masks: 0 }],
  ['세끼', '새끼', { end: 2, exact: 1, sound: 1, initials: 0, masks: 0 }],
  ['샊이', '새끼', { end: 2, exact: 1, sound: 1, initials: 0, masks: 0 }],
  ['새ㄲ', '새끼', { end: 2, exact: 1, sound: 0, initials: 1, masks: 0 }],
  ['새*', '새끼', { end: 2, exact: 1, sound: 0, initials: 0, masks: 1 }],
])('how %s writes %s', (raw, word, expected) => {
  expect(like(raw, word)).toMatchObject(expected)
})

test.each([
  ['새', '새끼'],
  ['새 끼', '새끼'],
  ['사람', '새끼'],
  ['새**', '새끼야'],
  ['개ㅎ', '개호'],
])('%s does not write %s', (raw, word) => {
  expect(like(raw, word)).toBeUndefined()
})
