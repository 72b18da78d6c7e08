import { expect, test } from 'vitest'
import { blankOut } from '../../src/text/blank-out.js'
import { renderText } from '../../src/text/special-tokens.js'
import { mapped } from './texts.js'

test('a blanked range is one space that still covers its raw code points', () => {
  const blanked = blankOut(mapped('시발점부터 시발'), [{ start: 0, end: 3 }])

  expect(renderText(blanked)).toBe(' 부터 시발')
  expect([blanked.starts[0], blanked.ends[0]]).toEqual([0, 3])
})

test('ranges may overlap and come in any order', () => {
  const ranges = [
    { start: 3, end: 5 },
    { start: 0, end: 2 },
    { start: 1, end: 3 },
  ]

  expect(renderText(blankOut(mapped('가나다라마바'), ranges))).toBe('   바')
})
