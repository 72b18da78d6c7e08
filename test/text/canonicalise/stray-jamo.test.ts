import { expect, test } from 'vitest'
import { dropStrayJamo } from '../../../src/text/canonicalise/stray-jamo.js'
import { after, mapped, viewsOf } from '../texts.js'

test.each([
  ['시ㅇ발', '시발'],
  ['시ㅏㅏ발', '시발'],
])('%s without the jamo between its syllables is %s', (raw, rest) => {
  expect(after(dropStrayJamo, raw)).toBe(rest)
})

test.each(['시바ㄹ', '하ㅋㅋ웃겨', '개ㅅㄲ야', 'ㅅㅣ발', '안녕'])('%s stays', (raw) => {
  const text = mapped(raw)

  expect(dropStrayJamo(text)).toBe(text)
})

test('it is a reading beside the one that closes the syllable', () => {
  expect(viewsOf('야 시ㅇ발')).toMatchObject({ canonical: '야 싱발', joined: '야 시발' })
})
