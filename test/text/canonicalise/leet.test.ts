import { expect, test } from 'vitest'
import { readLeet } from '../../../src/text/canonicalise/leet.js'
import { after, mapped } from '../texts.js'

test.each([
  ['sh1t', 'shit'],
  ['sh1t!', 'shit!'],
  ['b!tch', 'bitch'],
  ['a$$', 'ass'],
  ['$hit', 'shit'],
  ['@ss', 'ass'],
  ['n00b l33t', 'noob leet'],
  ['1d10t ki11 5hit', 'idiot kill shit'],
  ['y0ur5e1f', 'yourself'],
  ['sh1t+fuck', 'shit+fuck'],
])('%s reads %s', (raw, read) => {
  expect(after(readLeet, raw)).toBe(read)
})

test.each([
  't1',
  '2vs2',
  'covid19',
  'mp3',
  '1st 5th',
  'part1Name',
  'gr8',
  'wow!',
  'a55',
  'T17',
  'h03',
  '시1발',
  '$20',
  '10k',
])('%s stays', (raw) => {
  const text = mapped(raw)

  expect(readLeet(text)).toBe(text)
})
