import { describe, expect, test } from 'vitest'
import {
  addFragment,
  earlierFragments,
  forgetUntil,
  fragmentText,
  ORDINARY,
} from '../../src/users/fragments.js'
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
    ['1시', '1시'],
    ['ㅋㅋ시', '시'],
    ['시ㅎㅎ', '시'],
    ['ㅇ', 'ㅇ'],
    ['ㅜ', 'ㅜ'],
    ['시\ue000', '시'],
    ['\ue001 시', '시'],
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
    ['시\ue002', 'a link'],
    ['ㅋ', 'one laugh'],
    ['1999년', 'a number'],
    ['네글자임', 'four syllables'],
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

describe('ordinary messages', () => {
  const ordinary = (seconds: number): Fragment => at(seconds, ORDINARY)

  test('take a place among the eight', () => {
    const window = [1, 2, 3, 4, 5, 6, 7].map(ordinary).reduce(addFragment, addFragment([], at(0, '시')))

    expect(window).toHaveLength(8)
    expect(earlierFragments(window.slice(0, 7), at(8, '발')).map((f) => f.text)).toEqual(['시'])
    expect(earlierFragments(window, at(8, '발'))).toEqual([])
    expect(addFragment(window, ordinary(8)).every(({ text }) => text === ORDINARY)).toBe(true)
  })

  test('are no fragments', () => {
    expect(earlierFragments([at(1, '시'), ordinary(2)], at(3, '발'))).toEqual([at(1, '시')])
  })
})

describe('forgetting', () => {
  test('leaves the messages and takes their letters, the flagged one and those before it', () => {
    const window = [at(0, '가'), at(1, '나'), at(3, '다')]

    expect(forgetUntil(window, at(2, '라'))).toEqual([
      at(0, ORDINARY),
      at(1, ORDINARY),
      at(2, ORDINARY),
      at(3, '다'),
    ])
  })

  test('keeps eight messages', () => {
    const window = Array.from({ length: 8 }, (_, i) => at(i, '가'))

    expect(forgetUntil(window, at(9, '나'))).toHaveLength(8)
  })
})

describe('earlier fragments', () => {
  test('are those before the message, within 20 seconds', () => {
    const texts = (window: readonly Fragment[], message: Fragment) =>
      earlierFragments(window, message).map((f) => f.text)

    expect(texts([at(2, 'b'), at(1, 'a')], at(3, 'c'))).toEqual(['a', 'b'])
    expect(texts([at(3, '발')], at(3, '발'))).toEqual([])
    expect(texts([at(4, '시')], at(3, '발'))).toEqual([])
    expect(texts([at(0, '시')], at(20, '발'))).toEqual(['시'])
    expect(texts([at(0, '시')], at(21, '발'))).toEqual([])
  })

  test('are seven at most', () => {
    const window = Array.from({ length: 9 }, (_, i) => at(i, String(i)))

    expect(
      earlierFragments(window, at(10, 'x'))
        .map((f) => f.text)
        .join(''),
    ).toBe('2345678')
  })
})
