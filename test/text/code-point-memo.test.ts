import { expect, test } from 'vitest'
import { rememberChange, rememberTest } from '../../src/text/code-point-memo.js'

const LAST = 0x10ffff

test('a test answers as before, and runs once for each code point', () => {
  const asked: number[] = []
  const isEven = rememberTest((codePoint) => {
    asked.push(codePoint)
    return codePoint % 2 === 0
  })

  const answers = [0, 7, LAST, 0, 7, LAST].map(isEven)

  expect(answers).toEqual([true, false, false, true, false, false])
  expect(asked).toEqual([0, 7, LAST])
})

test('a change is computed once, also where there is none', () => {
  const asked: number[] = []
  const change = rememberChange((codePoint) => {
    asked.push(codePoint)
    return codePoint === 0x41 ? 0x61 : undefined
  })

  const changes = [0x41, 0x42, 0x41, 0x42].map(change)

  expect(changes).toEqual([0x61, undefined, 0x61, undefined])
  expect(asked).toEqual([0x41, 0x42])
})
