import { describe, expect, test } from 'vitest'
import { addFragment, earlierFragments, fragmentText, joinFragments } from '../../src/users/fragments.js'
import type { Fragment } from '../../src/users/user-store.js'

const T0 = Date.UTC(2026, 0, 1)
const at = (seconds: number, text: string, messageId = `m${seconds}`): Fragment => ({
  messageId,
  text,
  sentAtMs: T0 + seconds * 1000,
})

describe('which messages are fragments', () => {
  test.each([
    ['시', '시'],
    ['ㅅㅂ', 'ㅅㅂ'],
    ['바보다', '바보다'],
    ['fu', 'fu'],
    ['시!!', '시'],
    ['시 발', '시발'],
    ['1시', '시'],
    ['ㅋㅋ시', 'ㅋㅋ시'],
  ])('%s is one, as %s', (canonical, text) => {
    expect(fragmentText(canonical)).toBe(text)
  })

  test.each([
    ['', 'nothing'],
    ['ㅋㅋㅋㅋ', 'laughter'],
    ['ㅠㅜ', 'tears'],
    ['ㅇㅇ', 'yes'],
    ['ㅋ ㅎ', 'laughter with spaces'],
    ['!?', 'punctuation'],
    ['1818', 'digits'],
    ['오늘방송뭐해', 'too long'],
    ['hello', 'too long in Latin'],
    ['시\ue000', 'a special token'],
    ['\u3164\u3164', 'fillers'],
    ['😀', 'an emoji'],
  ])('%s is none: %s', (canonical) => {
    expect(fragmentText(canonical)).toBeNull()
  })
})

describe('the window', () => {
  test('keeps 20 seconds of event time, the border included', () => {
    const window = [at(0, '가'), at(1, '나')]

    expect(addFragment(window, at(20, '다')).map((f) => f.text)).toEqual(['가', '나', '다'])
    expect(addFragment(window, at(20.001, '다')).map((f) => f.text)).toEqual(['나', '다'])
  })

  test('keeps the last eight', () => {
    const window = Array.from({ length: 12 }, (_, i) => at(i, String(i))).reduce(
      addFragment,
      [] as readonly Fragment[],
    )

    expect(window.map((f) => f.text)).toEqual(['4', '5', '6', '7', '8', '9', '10', '11'])
  })

  test('puts a late fragment in its place and each message once', () => {
    const window = addFragment(addFragment([at(0, '가'), at(4, '다')], at(2, '나')), at(2, '나'))

    expect(window.map((f) => f.text)).toEqual(['가', '나', '다'])
  })

  test('does not take what is older than all of it', () => {
    expect(addFragment([at(30, '가')], at(0, '나')).map((f) => f.text)).toEqual(['가'])
  })
})

describe('joining', () => {
  test('makes one word of the fragments, oldest first', () => {
    expect(joinFragments([at(1, '시')], at(3, '발'))).toBe('시발')
    expect(joinFragments([at(2, 'b'), at(1, 'a')], at(3, 'c'))).toBe('abc')
  })

  test('needs a fragment before this one', () => {
    expect(joinFragments([], at(3, '발'))).toBeNull()
    expect(joinFragments([at(3, '발')], at(3, '발'))).toBeNull()
    expect(joinFragments([at(4, '시')], at(3, '발'))).toBeNull()
    expect(joinFragments([at(0, '시')], at(21, '발'))).toBeNull()
  })

  test('uses seven earlier ones at most', () => {
    const window = Array.from({ length: 9 }, (_, i) => at(i, String(i)))

    expect(joinFragments(window, at(10, 'x'))).toBe('2345678x')
    expect(earlierFragments(window, at(10, 'x'))).toHaveLength(7)
  })
})
