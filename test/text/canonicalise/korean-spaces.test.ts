import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../src/package-root.js'
import { respaceKorean } from '../../../src/text/canonicalise/korean-spaces.js'
import { after, mapped } from '../texts.js'

const golden = JSON.parse(
  readFileSync(join(packageRoot, 'test/fixtures/spacing-golden.json'), 'utf8'),
) as Record<string, string>

test.each(Object.entries(golden))('%s is parted as the training does: %s', (line, read) => {
  expect(after(respaceKorean, line)).toBe(read)
})

test.each([
  ['오늘방송몇시까지하나요', '오늘 방송 몇시까지 하나요'],
  ['진짜재미없으니까그만해라 ㅋㅋ', '진짜 재미없으니까 그만해라 ㅋㅋ'],
])('%s reads %s', (raw, read) => {
  expect(after(respaceKorean, raw)).toBe(read)
})

test.each([
  '안녕하세요 반갑습니다',
  '오늘 방송 몇 시까지 하나요',
  '와아아아',
  'ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ',
  'shutupyoustupid',
])('%s stays', (raw) => {
  const text = mapped(raw)

  expect(respaceKorean(text)).toBe(text)
})

test.each([
  ['야이병신야그만좀해라', '병신'],
  ['오늘방송하는지랄같은거네요', '지랄'],
])('in %s the known word %s stays whole', (raw, word) => {
  expect(after(respaceKorean, raw)).toContain(word)
})

test('a new space came from the syllable before it', () => {
  const text = respaceKorean(mapped('오늘방송몇시까지하나요'))
  const space = text.codePoints.indexOf(0x20)

  expect([text.starts[space], text.ends[space]]).toEqual([space - 1, space])
})
