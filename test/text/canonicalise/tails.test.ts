import { expect, test } from 'vitest'
import { dropTails } from '../../../src/text/canonicalise/tails.js'
import { after, mapped, viewsOf } from '../texts.js'

test.each([
  ['놈ㅁㅁㅁ', '놈'],
  ['봐ㅘㅘ', '봐'],
  ['닥챠ㅑ', '닥챠'],
  ['통ㅇㅇ아', '통아'],
])('%s without its tail is %s', (raw, rest) => {
  expect(after(dropTails, raw)).toBe(rest)
})

test.each(['병ㅇ', '구ㅜㅜ', '넼ㅋㅋ', '나ㄴㄴ', 'ㅇㅇ', '안녕'])('%s stays', (raw) => {
  const text = mapped(raw)

  expect(dropTails(text)).toBe(text)
})

test('it is a reading beside the text as it stands', () => {
  expect(viewsOf('도둑놈ㅁㅁㅁ')).toMatchObject({ canonical: '도둑놈ㅁㅁ', joined: '도둑놈' })
})
