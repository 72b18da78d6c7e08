import { expect, test } from 'vitest'
import { isLoneLetter } from '../../src/text/lone-letter.js'
import { makeViews } from '../../src/text/views.js'

const isLone = (text: string, emotes: readonly { start: number; end: number }[] = []): boolean => {
  const [canonical] = makeViews({
    text,
    emotes: emotes.map((emote) => ({ id: 'e', ...emote })),
    kind: 'chat',
  }).views
  return canonical !== undefined && isLoneLetter(canonical.text)
}

test.each(['시', '시!', '!!시..', 'ㅗ', 'ㅗㅗㅗㅗ', '발 ~', '발 발', '와💕', 'k', 'K', 'ㅅㅣ', '女', '시시'])(
  '%s is one',
  (text) => {
    expect(isLone(text)).toBe(true)
  },
)

test.each([
  '',
  '!',
  '😀😀',
  '1',
  '18',
  '8시',
  '시8',
  '시발',
  'ㅅㅂ',
  'ㅄ',
  'ㅋㅋ시',
  'ok',
  '시 발',
  '@nick 시',
  'a.co 시',
])('%s is none', (text) => {
  expect(isLone(text)).toBe(false)
})

test('emotes beside it are marks', () => {
  expect(isLone('Kappa 시', [{ start: 0, end: 5 }])).toBe(true)
  expect(isLone('Kappa', [{ start: 0, end: 5 }])).toBe(false)
})
