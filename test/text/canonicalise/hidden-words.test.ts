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
  ['@tlqkf', '@시발'],
  ['@바보야 tlqkf.com', '@바보야 시발'],
])('%s is masked, and what it spells is read in the raw view', (line, read) => {
  const { canonical, raw } = viewsOf(line)

  expect(canonical).toMatch(/\[URL\]|\[USER\]/)
  expect(raw).toBe(read)
})

test.each(['@login 안녕', '@fast_login_25', 'http://127.0.0.1/path', '1.2.3.4@5.6'])(
  '%s spells no words',
  (line) => {
    expect(Object.keys(viewsOf(line))).toEqual(['canonical'])
  },
)

test('an address spells its host, not the codes of its path', () => {
  expect(viewsOf('www.example.com/watch?v=tlqkf')).toEqual({ canonical: '[URL]', raw: 'example' })
})

test('words point at the part of the address that spells them', () => {
  const raw = '야 https://tlqkf.com/x 봐'
  const view = makeViews({ text: raw, emotes: [], kind: 'chat' }).views.find(({ name }) => name === 'raw')

  expect(view && rawOf(view.text, raw, '시발')).toBe('tlqkf')
})
