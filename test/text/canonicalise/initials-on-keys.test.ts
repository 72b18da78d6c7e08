import { expect, test } from 'vitest'
import { decodeInitialKeys } from '../../../src/text/canonicalise/initials-on-keys.js'
import { after, mapped, rawOf, viewsOf } from '../texts.js'

test.each([
  ['wR들 꺼져', 'ㅈㄲ들 꺼져'],
  ['야 tq진짜', '야 ㅅㅂ진짜'],
  ['qt들아', 'ㅂㅅ들아'],
  ['qt아', 'ㅂㅅ아'],
  ['q1t야', 'ㅂㅅ야'],
  ['q♥t야', 'ㅂㅅ야'],
  ['r.t.R야', 'ㄱㅅㄲ야'],
  ['Tq아', 'ㅆㅂ아'],
  ['tqfa아', 'ㅅㅂㄹㅁ아'],
  ['저 rtR', '저 ㄱㅅㄲ'],
  ['rtR!', 'ㄱㅅㄲ!'],
])('%s was %s on the other layout', (raw, typed) => {
  expect(after(decodeInitialKeys, raw)).toBe(typed)
})

test.each([
  'qt',
  'qt 들',
  'qt민지',
  'qt은지 왔다',
  'QT는 아침에',
  'tv는 거실에',
  'TV를',
  'cctv가',
  'scv로 정찰',
  'T1은 강팀',
  't1이',
  'A/S는',
  'r&d는',
  'test는 내일',
  'we는',
  'weq로 잡자',
  'gg요',
  'ㅋㅋzz아',
  'vv님',
  'wwWw',
  'csGO는',
  'rDx',
  'vxcT',
  'WTs',
  'wTf',
  'sTaRt',
  'rt_R야',
  'myrtR',
  'qwert들',
  'qtqtqt들',
  'x축',
  '갤tq아',
])('%s is what was meant', (raw) => {
  const text = mapped(raw)

  expect(decodeInitialKeys(text)).toBe(text)
})

test('the keyboard view holds the initials', () => {
  expect(viewsOf('wR들 꺼져').keyboard).toBe('ㅈㄲ들 꺼져')
})

test('a span over decoded initials covers their keys', () => {
  const raw = '야 q1t들'

  expect(rawOf(decodeInitialKeys(mapped(raw)), raw, 'ㅂㅅ')).toBe('q1t')
})
