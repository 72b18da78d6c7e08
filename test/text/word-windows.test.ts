import { expect, test } from 'vitest'
import { renderText } from '../../src/text/special-tokens.js'
import { wordWindows } from '../../src/text/word-windows.js'
import { mapped } from './texts.js'

const windowsOf = (text: string): readonly string[] => wordWindows(mapped(text)).map(renderText)

test.each(['', '   ', '안녕', '오늘 방송 정말 재밌다', 'a'.repeat(24), ' 앞뒤 빈칸 '])(
  '"%s" is one window, so it has none of its own',
  (text) => {
    expect(windowsOf(text)).toEqual([])
  },
)

test('windows are four words, one from each word on', () => {
  expect(windowsOf('하나 둘째 셋째 넷째 다섯 여섯 일곱')).toEqual([
    '하나 둘째 셋째 넷째',
    '둘째 셋째 넷째 다섯',
    '셋째 넷째 다섯 여섯',
    '넷째 다섯 여섯 일곱',
  ])
})

test.each([0, 1, 2, 3, 4, 5])(
  'four abusive words after %i kind ones have a window to themselves',
  (before) => {
    const kind = ['고마워', '사랑해', '좋아요', '최고야', '반가워']

    const line = [...kind.slice(0, before), '너는', '정말', '더러운', '놈이다', ...kind.slice(before)].join(
      ' ',
    )

    expect(windowsOf(line)).toContain('너는 정말 더러운 놈이다')
  },
)

test('long words make windows of fewer words, and neighbours stay together', () => {
  const words = [
    '가나다라마바사아자차',
    '카타파하거너더러머버',
    '서어저처커터퍼허고노',
    '도로모보소오조초코토',
  ]

  expect(windowsOf(words.join(' '))).toEqual([
    `${words[0]} ${words[1]}`,
    `${words[1]} ${words[2]}`,
    `${words[2]} ${words[3]}`,
  ])
})

test('windows of Latin text are twice as many words', () => {
  expect(windowsOf('you are one of the kindest people in this chat')).toEqual([
    'you are one of the kindest people in',
    'are one of the kindest people in this',
    'one of the kindest people in this chat',
  ])
})

test('Korean words in Latin text have windows of their own, so that no Latin ones dilute them', () => {
  expect(windowsOf('good 바보 morning to 안녕 하세요 everyone')).toEqual(['바보', '안녕 하세요'])
  expect(windowsOf('what a nice stream this is 시 today friends')).not.toContain('시')
})

test('a word longer than a window is cut into pieces that overlap', () => {
  const word = Array.from({ length: 60 }, (_, i) => String.fromCodePoint(0xac00 + i)).join('')

  expect(windowsOf(word)).toEqual([word.slice(0, 24), word.slice(12, 36), word.slice(24, 48), word.slice(36)])
})

test('letters one by one are no Latin words: four of them are a window', () => {
  expect(windowsOf('f u c k y')).toEqual(['f u c k', 'u c k y'])
})

test('a Latin word of more than 16 letters is cut, also where nothing else is written', () => {
  const word = 'abcdefghijklmnopqrstuvwxyzabcdef'

  expect(windowsOf(word)).toEqual([word.slice(0, 16), word.slice(8, 24), word.slice(16)])
})

test('a lone letter is no window', () => {
  expect(windowsOf(`${'가나'.repeat(12)} 시`)).toEqual(['가나'.repeat(12)])
})

test('each code point of a window knows where it came from', () => {
  const text = mapped('하나 둘 셋 넷 다섯 여섯')
  const [, second] = wordWindows(text)

  expect(second?.starts).toEqual(text.starts.slice(3, 11))
  expect(second?.ends).toEqual(text.ends.slice(3, 11))
})

/** Words of the given lengths, over and over, up to `size` code points. */
const textOfWords = (lengths: readonly number[], size: number): string => {
  const letters = Array.from({ length: size }, (_, i) => String.fromCodePoint(0xac00 + i))
  let text = ''
  for (let i = 0; text.length < size; i += 1)
    text += `${letters.slice(text.length, text.length + (lengths[i % lengths.length] ?? 1)).join('')} `
  return text.slice(0, size)
}

test.each([[1], [2], [3], [1, 22], [1, 1, 22], [11], [12], [23], [24], [25], [30, 2], [5, 9, 1], [9999]])(
  'words of %i (%i, %i) letters: few windows, none long, and no letter outside of them',
  (...lengths) => {
    const text = mapped(textOfWords(lengths, 500))

    const windows = wordWindows(text)

    expect(windows.length).toBeLessThanOrEqual(250)
    expect(Math.max(...windows.map(({ codePoints }) => codePoints.length))).toBeLessThanOrEqual(24)
    const covered = new Set(windows.flatMap(({ starts }) => starts))
    const missed = text.starts.filter((start, i) => text.codePoints[i] !== 0x20 && !covered.has(start))
    // The last letter may stand alone in its window.
    expect(missed.length).toBeLessThanOrEqual(1)
  },
)

test('a post of nothing but letters and spaces has a bounded number of windows, soon', () => {
  const text = mapped('가 나 '.repeat(2500))
  const start = performance.now()

  expect(wordWindows(text).length).toBeLessThanOrEqual(5000)
  expect(performance.now() - start).toBeLessThan(200)
})
