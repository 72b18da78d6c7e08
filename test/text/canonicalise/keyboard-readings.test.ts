import { expect, test } from 'vitest'
import { makeViews } from '../../../src/text/views.js'
import { rawOf, viewsOf } from '../texts.js'

test.each([
  ['ㄹㅕ차', 'fuck'],
  ['ㄹㅕ차 you', 'fuck you'],
  ['ㄹㅕ차 dkssud', 'fuck 안녕'],
  ['dkssud ㄹㅕ차 dkssud', '안녕 fuck 안녕'],
  ['tlqkf.ok dkssud', '시발.ok 안녕'],
  ['dkssud tlqkf.ok', '안녕 시발.ok'],
  ['t l q k f ㄹㅕ차 dkssud', '시발 fuck 안녕'],
  ['t.l.q.k.f dkssud', '시발 안녕'],
])('%s has both words in one reading', (line, read) => {
  expect(viewsOf(line).keyboard).toBe(read)
})

test('each word of the reading points at its own keys', () => {
  const raw = 'ㄹㅕ차 go dkssud'
  const view = makeViews({ text: raw, emotes: [], kind: 'chat' }).views.find(
    ({ name }) => name === 'keyboard',
  )

  expect(view && rawOf(view.text, raw, 'fuck')).toBe('ㄹㅕ차')
  expect(view && rawOf(view.text, raw, '안녕')).toBe('dkssud')
})
