import { expect, test } from 'vitest'
import { respaceEnglish } from '../../../src/text/canonicalise/english-spaces.js'
import { rawRange } from '../../../src/text/mapped-text.js'
import { after, mapped } from '../texts.js'

test.each([
  ['shutupyoustupidbitch', 'shut up you stupid bitch'],
  ['you fu ck ing id iot moron', 'you fucking idiot moron'],
  ['f uckyou', 'fuck you'],
  ["'id iot'", "'idiot'"],
  ['mo ther fu cker', 'motherfucker'],
  ['너는 worthlesstrashhuman 이야', '너는 worthless trash human 이야'],
  ['pen is mightier than the sw ord', 'pen is mightier than the sword'],
])('%s reads %s', (raw, read) => {
  expect(after(respaceEnglish, raw)).toBe(read)
})

test.each([
  'you are an idiot',
  // Two words in one are most often a name, and so are words glued by capitals.
  'Cockburn Middlesex fuckyou',
  'PogChampHappyCatLove LeeSin',
  "don't it's hit",
  'as she said',
  // A name behind a small letter, what a digit is part of, and what is left of an apostrophe.
  'I want an Al Bundy',
  '3d ick 90s hit song',
  'let s hit the road',
  'Rules of assassinations',
  'internationalisation clitheroe',
  'tlqkf',
  '시발 롤체',
])('%s stays', (raw) => {
  const text = mapped(raw)

  expect(respaceEnglish(text)).toBe(text)
})

test('each letter still knows where it came from, and a new space what it follows', () => {
  const text = respaceEnglish(mapped('well id iotyouare'))

  expect(String.fromCodePoint(...text.codePoints)).toBe('well idiot you are')
  expect(rawRange(text, 5, 10)).toEqual({ start: 5, end: 11 })
  expect([text.starts[10], text.ends[10]]).toEqual([10, 11])
})

test('a run is read alike, however long the ones before it were', () => {
  const long = 'shutupyoustupidbitch'
  const read = 'shut up you stupid bitch'
  const alone = ['id iot', long, 'fu ck'].map((run) => after(respaceEnglish, run))

  expect(alone).toEqual(['idiot', read, 'fuck'])
  for (const times of [1, 3, 4, 5, 20]) {
    const many = long.repeat(times)
    const spaced = Array.from({ length: times }, () => read).join(' ')
    expect(after(respaceEnglish, `${many}! id iot. ${many}; fu ck`)).toBe(`${spaced}! idiot. ${spaced}; fuck`)
  }
})
