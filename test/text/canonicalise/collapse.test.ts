import { expect, test } from 'vitest'
import { collapseRuns } from '../../../src/text/canonicalise/collapse.js'
import { after, mapped } from '../texts.js'

test.each([
  ['ㅋㅋㅋㅋㅋ', 'ㅋㅋ'],
  ['!!!!', '!!'],
  ['시시시시발', '시시발'],
  ['fuuuuck', 'fuuck'],
  ['시이이발', '시발'],
  ['시이이이이이발', '시발'],
  ['바아아알', '발'],
  ['와아아아', '와'],
  ['시ㅣ발', '시발'],
  ['아ㅏㅏㅏ', '아'],
  ['네에에에', '네'],
])('%s becomes %s', (raw, collapsed) => {
  expect(after(collapseRuns, raw)).toBe(collapsed)
})

test.each(['ㅋㅋ', '나아가다', '거의', '아이', '아아', '아이구ㅜㅜ', '시이발', 'good'])('%s stays', (raw) => {
  const text = mapped(raw)

  expect(collapseRuns(text)).toBe(text)
})

test('what is left of a run covers all of it', () => {
  expect(collapseRuns(mapped('ㅋㅋㅋㅋ'))).toMatchObject({ starts: [0, 1], ends: [1, 4] })
  expect(collapseRuns(mapped('시이이발'))).toMatchObject({ starts: [0, 3], ends: [3, 4] })
})
