import { expect, test } from 'vitest'
import { readShapes } from '../../../src/text/canonicalise/shape.js'
import { mapped, viewsOf } from '../texts.js'

test.each([
  ['ㅅl발', '시발'],
  ['ㅅ|발', '시발'],
  ['ㅆ1ㅂ놈아', '씹놈아'],
  ['^^ㅣ발', '씨발'],
  ['7ㅐ새끼', '개새끼'],
  ['77ㅓ져', '꺼져'],
  ['人l발', '시발'],
  ['0ㅏ니', '아니'],
  ['人!廿rㄹ', '시발'],
  ['개새ㄲ1', '개새끼'],
  ['ㄱH새끼', '개새끼'],
  ['ㅂ┴ㅈ├', '보자'],
  ['ㄴr쁜놈', '나쁜놈'],
  ['sㅏ촌', '사촌'],
  ['フフ丨', '끼'],
  ['人ト｜フフ丨 또', '새끼 또'],
  ['匚ト｜フ卜弓丨', '대가리'],
  ['甘卜丨人丅 인フ卜乚', '배수 인간'],
  ['フㅘ乚종', '관종'],
  ['从ー乙ㅔㄱ丨', '쓰레기'],
])('%s is drawn like %s', (raw, read) => {
  expect(viewsOf(raw).shape).toBe(read)
})

test.each([
  'ㅇㅇ!',
  'ㄱㄱ1',
  'ㅋ1등',
  'ㅅㅂ1등',
  'ㅇㅇ1',
  'ㅇ_ㅇ',
  'ㅇoㅇ',
  '^ㅡ^',
  '^_^',
  '재밌다 ^-^',
  '^^',
  '-ㅅ-',
  '1등 0점',
  'ㅋㅋ-ㅋㅋ',
  'hello ㅋㅋ',
  'ㅜ^',
  'ㅠ○',
  'ㅏ|',
  '^ー^',
  '○─○',
  'テスト',
  'ロード',
  '人工智能',
  '从一开始',
])('%s is drawn like itself', (raw) => {
  const text = mapped(raw)

  expect(readShapes(text)).toBe(text)
})
