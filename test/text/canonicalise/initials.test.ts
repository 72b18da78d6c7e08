import { expect, test } from 'vitest'
import { joinInitials } from '../../../src/text/canonicalise/initials.js'
import { after, mapped, rawOf, viewsOf } from '../texts.js'

test.each([
  ['ㅈㅋㅋㄹ', 'ㅈㄹ'],
  ['ㅁㅠㅠㅊㄴ', 'ㅁㅊㄴ'],
  ['ㅈㅎㅎㄹㅇ', 'ㅈㄹㅇ'],
  ['ㅅㅜ!ㅜㅂ', 'ㅅㅂ'],
  ['ㅈㅋㅋㄹㅋㅋㄴ', 'ㅈㄹㄴ'],
  ['진짜 ㄷ ㅠㅠ ㅊ', '진짜 ㄷㅊ'],
  ['ㄱㅋㅋㅅㄲ', 'ㄱㅅㄲ'],
  ['ㅈㅋㅋㄹ하네', 'ㅈㄹ하네'],
])('%s reads %s', (raw, joined) => {
  expect(after(joinInitials, raw)).toBe(joined)
})

test.each([
  'ㄱㅅㅋㅋ',
  'ㅇㅈㅋㅋㄹㅇ',
  'ㅋㅋㄹㅃㅃ',
  'ㅇㅋ',
  'ㅇㅋㄱㄱ',
  'ㅇㅅㅇ',
  'ㅇㅋㅋㅇ',
  'ㅁㅡㅡㅁ',
  'ㄱㅅㅋㅋㄲ',
  'ㅋㅋㄲㅋㅋㅈㄴ',
  'ㅋㅋㅌㅋㅋㄴㄴ',
  'ㅋㅈㅋㅋㄲ',
  'ㅊㅋㅎㄴㄷ',
  'ㅇㅇ ㅋㅋ ㄱ',
  '아 ㅂㅋㅋ 사람',
  'ㅂㅋㅋlolㅅ',
  'ㅂ!!!ㅅ',
])('%s stays', (raw) => {
  const text = mapped(raw)

  expect(joinInitials(text)).toBe(text)
})

test('laughter longer than a gap of one word parts initials', () => {
  const text = mapped(`ㅈ${'ㅋ'.repeat(9)}ㄹ`)

  expect(joinInitials(text)).toBe(text)
})

test('the joined view leaves out laughter, digits and marks between initials', () => {
  expect(viewsOf('ㅁㅜ7ㅜㅊ5ㄴㅇ').joined).toBe('ㅁㅊㄴㅇ')
  expect(viewsOf('ㅈㅋㅋㅋㅋㅋㄹ')).toEqual({ canonical: 'ㅈㅋㅋㄹ', joined: 'ㅈㄹ' })
  expect(viewsOf('ㅁ * ㅊ').joined).toBe('ㅁㅊ')
})

test('a span over joined initials covers the laughter', () => {
  const raw = '야 ㅈㅋㅋㄹ'

  expect(rawOf(joinInitials(mapped(raw)), raw, 'ㅈㄹ')).toBe('ㅈㅋㅋㄹ')
})
