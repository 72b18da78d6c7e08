import { expect, test } from 'vitest'
import { mergeStretches, squeezeLetters } from '../../../src/text/canonicalise/stretch.js'
import { after, mapped } from '../texts.js'

test.each([
  ['시이발', '시발'],
  ['시바알', '시발'],
  ['지이랄', '지랄'],
  ['아아', '아아'],
  ['하는거없음', '하는거없음'],
  ['지있다', '지있다'],
  ['오오', '오오'],
])('one held vowel, when one is enough: %s reads %s', (raw, merged) => {
  expect(after((text) => mergeStretches(text, 1), raw)).toBe(merged)
})

test.each([
  ['fuuuuck', 'fuck'],
  ['shiiit ok', 'shit ok'],
  ['ooooo', 'ooooo'],
  ['looool', 'lol'],
  ['good', 'good'],
  ['FUUUCK', 'FUCK'],
  ['시시시발', '시발'],
  ['하하하', '하하하'],
  ['와와와', '와와와'],
])('letters held three times or more: %s reads %s', (raw, squeezed) => {
  expect(after(squeezeLetters, raw)).toBe(squeezed)
})

test('a squeezed letter covers its run', () => {
  expect(squeezeLetters(mapped('fuuuck'))).toMatchObject({ starts: [0, 1, 4, 5], ends: [1, 4, 5, 6] })
})

test.each([
  ['조ㅗㅗㅈ', '조ㅈ'],
  ['주ㅜㅜㅜㄱ', '주ㄱ'],
])('in %s the vowel is held until its coda', (text, expected) => {
  expect(after((raw) => mergeStretches(raw, 2), text)).toBe(expected)
})

test.each(['유ㅠㅠ', '두부ㅜㅜㅋㅋ', '그ㅡㅡㄷㄷ', '너무ㅜㅜ 진짜'])(
  'in %s somebody cries or frowns',
  (text) => {
    expect(after((raw) => mergeStretches(raw, 2), text)).toBe(text)
  },
)
