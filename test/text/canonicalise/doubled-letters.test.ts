import { expect, test } from 'vitest'
import { halveDoubled } from '../../../src/text/canonicalise/doubled-letters.js'
import { after, mapped, viewsOf } from '../texts.js'

test.each([
  ['ffuucckk', 'fuck'],
  ['uusseelleessss', 'useless'],
  ['FfUuCcKk', 'FUCK'],
  ['bbiiiittcchh', 'bitch'],
  ['ttrraassshh', 'trash'],
])('%s is %s', (raw, read) => {
  expect(after(halveDoubled, raw)).toBe(read)
})

test.each([
  'fuuuck',
  'coffee',
  'fffuuuucccckkk',
  'bookkeeper',
  'ssaa',
  'oo',
  'zzz',
  'good ffeed',
  '시시발발',
])('%s stays', (raw) => {
  const text = mapped(raw)

  expect(halveDoubled(text)).toBe(text)
})

test('each letter came from all of its own', () => {
  const text = halveDoubled(mapped('a ffuussss'))

  expect(text.starts).toEqual([0, 1, 2, 4, 6, 8])
  expect(text.ends).toEqual([1, 2, 4, 6, 8, 10])
})

test('it is read in the joined view', () => {
  expect(viewsOf('ffuucckk you')).toMatchObject({ canonical: 'ffuucckk you', joined: 'fuck you' })
  // Letters that are held are squeezed.
  expect(viewsOf('fffuuuucccckkk').joined).toBe('fuck')
})
