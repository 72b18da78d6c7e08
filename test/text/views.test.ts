import { expect, test } from 'vitest'
import { makeViews } from '../../src/text/views.js'
import { rawOf, viewsOf } from './texts.js'

test.each([
  '시발점부터 다시 보자',
  '시발역에서 만나',
  '병신년 새해',
  '새끼손가락 걸고',
  '다시 발표',
  '역시 발로란트',
  '18일에 봐요',
  '10시 8분',
  '3판 2승',
  '10시 시작',
  '안녕, 반가워!',
  'ㅋㅋㅋㅋ',
  'ㅋㅋㅋ 1등',
  'ㅇㅋ',
  'ㄱㅅ',
  'ㅠㅠ 아쉽네',
  '하ㅋㅋ',
  '좋은 아침 :)',
  't1 화이팅',
  'gg wp, nice game!',
])('%s has one view', (line) => {
  expect(Object.keys(viewsOf(line))).toEqual(['canonical'])
})

test.each([
  ['시1발', 'joined'],
  ['시.발', 'joined'],
  ['시🤬발', 'joined'],
  ['시이발', 'joined'],
  ['시ㅋ발', 'joined'],
  ['ㅅ.ㅣ.ㅂ.ㅏ.ㄹ', 'joined'],
  ['시발'.normalize('NFD'), 'canonical'],
  ['ㅅㅣㅂㅏㄹ', 'canonical'],
  ['ﾵￜﾲￂﾩ', 'canonical'],
  ['시바ㄹ', 'canonical'],
  ['시\u200b발', 'canonical'],
  ['시\u3164발', 'canonical'],
  ['시\u0336발\u0336', 'canonical'],
  ['시\u{e0041}\ufe0f발', 'canonical'],
  ['시이이이발', 'canonical'],
  ['시ㅣㅣ발', 'canonical'],
  ['\u202e발시\u202c', 'canonical'],
  ['tlqkf', 'keyboard'],
  ['ㅅl발', 'shape'],
])('%s reads as the plain words in the %s view', (disguise, view) => {
  expect(viewsOf(`야 ${disguise} 뭐하냐`)[view]).toBe('야 시발 뭐하냐')
})

test.each([
  ['ｓｈｉｔ', 'canonical'],
  ['𝓼𝓱𝓲𝓽', 'canonical'],
  ['shіt', 'canonical'],
  ['ѕһіт', 'shape'],
  ['sh1t', 'shape'],
  ['s.h.i.t', 'joined'],
  ['s h i t', 'joined'],
  ['shiiiit', 'joined'],
])('%s is seen in the %s view', (disguise, view) => {
  expect(viewsOf(`oh ${disguise} no`)[view]).toBe('oh shit no')
})

test.each([
  ['s h u t u p y o u i d i o t', 'joined', 'shut up you idiot'],
  ['진짜재미없으니까그만해라', 'joined', '진짜 재미없으니까 그만해라'],
  ['미친ㄴ=lㄴ', 'shape', '미친년'],
  ['그to끼 말', 'keyboard', '그새끼 말'],
])('%s reads in the %s view: %s', (raw, view, read) => {
  expect(viewsOf(raw)[view]).toBe(read)
})

test('a name that capitals glue stays one in every view', () => {
  expect(viewsOf('병ㅅ PogChampHappyCatLove').phonetic).toBe('병신 pogchamphappycatlove')
})

test('the raw view keeps jamo apart and letters in their script', () => {
  expect(viewsOf('개ㅅ끼')).toEqual({ canonical: '갯끼', raw: '개ㅅ끼', joined: '개끼', phonetic: '개새끼' })
  expect(viewsOf('fuсk').raw).toBe('fuсk')
})

test('a name after an @ is masked, and read in the raw view in case it is no name', () => {
  expect(viewsOf('@바보야 안녕')).toEqual({ canonical: '[USER] 안녕', raw: '@바보야 안녕' })
  expect(viewsOf('@login 안녕')).toEqual({ canonical: '[USER] 안녕' })
})

test('views point at the original characters', () => {
  const raw = '🔥 야 병1신 tlqkf'
  const { views } = makeViews({ text: raw, emotes: [], kind: 'chat' })
  const found = views.map(({ name, text }) => [name, rawOf(text, raw, '병신'), rawOf(text, raw, '시발')])

  expect(found).toEqual([
    ['canonical', '', ''],
    ['joined', '병1신', ''],
    ['keyboard', '병1신', 'tlqkf'],
  ])
})

test('emotes count code points of the original', () => {
  expect(viewsOf('🔥 Kappa 시', [{ id: '25', start: 2, end: 7 }]).canonical).toBe('🔥 [EMOTE] 시')
})

test('chat is judged on 500 code points, a post on 10,000', () => {
  const text = '🤬'.repeat(10_001)

  expect(makeViews({ text, emotes: [], kind: 'chat' })).toMatchObject({ truncated: true, codePoints: 500 })
  expect(makeViews({ text, emotes: [], kind: 'board' })).toMatchObject({
    truncated: true,
    codePoints: 10_000,
  })
  expect(makeViews({ text: '짧다', emotes: [], kind: 'chat' })).toMatchObject({
    truncated: false,
    codePoints: 2,
  })
})

test.each(['', '   ', '\u200b\u3164', '\u202e', '\ud800'])('%j has its one view', (text) => {
  expect(makeViews({ text, emotes: [], kind: 'chat' }).views.length).toBe(1)
})
