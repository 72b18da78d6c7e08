import { expect, test } from 'vitest'
import { makeViews } from '../../../src/text/views.js'
import { rawOf, viewsOf } from '../texts.js'

test.each([
  ['tlqkf.com', '시발'],
  ['이거 https://tlqkf.co.kr/a?b=qudtls 봐', '이거 시발 봐'],
  ['fuck.you.com', 'fuck you'],
  ['fuck.me/you', 'fuck me'],
  ['go.fuck-yourself.net', 'go fuck yourself'],
  ['tlqkf@a.com', '시발'],
  ['fuck_you@mail.example.org', 'fuck you'],
  ['비트 bit.ly/tlqkf', '비트 bit ly'],
  ['@tlqkf', '@시발'],
  ['@바보야 tlqkf.com', '@바보야 시발'],
])('%s is masked, and what it spells is read in the raw view', (line, read) => {
  const { canonical, raw } = viewsOf(line)

  expect(canonical).toMatch(/\[URL\]|\[USER\]/)
  expect(raw).toBe(read)
})

test.each([
  '@login 안녕',
  'bananas.com 봐',
  'https://www.bananas.co.kr/a.b',
  '@fast_login_25',
  'http://127.0.0.1/path',
  '1.2.3.4@5.6',
])('%s is a name', (line) => {
  expect(Object.keys(viewsOf(line))).toEqual(['canonical'])
})

test('an address spells its host, not the codes of its path', () => {
  expect(viewsOf('www.video.example.com/watch?v=tlqkf')).toEqual({ canonical: '[URL]', raw: 'video example' })
})

test('words point at the part of the address that spells them', () => {
  const raw = '야 https://tlqkf.com/x 봐'
  const view = makeViews({ text: raw, emotes: [], kind: 'chat' }).views.find(({ name }) => name === 'raw')

  expect(view && rawOf(view.text, raw, '시발')).toBe('tlqkf')
})
