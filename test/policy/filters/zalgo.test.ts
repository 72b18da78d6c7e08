import { expect, test } from 'vitest'
import { findZalgo } from '../../../src/policy/filters/zalgo.js'
import { textOf } from './says.js'

const find = (text: string) => findZalgo(textOf(text), { marks: 4 })
const stack = (letter: string, marks: number) => letter + '\u0302'.repeat(marks)

test('marks beyond two on a letter are evidence from the limit on', () => {
  expect(find(stack('a', 5))).toBeNull()
  expect(find(stack('a', 6))).toEqual({ filter: 'zalgo', score: 0.5, value: 4, limit: 4 })
  expect(find(stack('a', 3).repeat(8))).toMatchObject({ score: 1, value: 8 })
})

test('on Hangul, which takes none, all but one are too many', () => {
  expect(find(stack('시', 2).repeat(4))).toMatchObject({ value: 4 })
  expect(find('아\u3099'.repeat(30))).toBeNull()
})

test('languages that stack marks are not zalgo', () => {
  for (const text of [
    'Tiếng Việt rất đẹp'.normalize('NFD'),
    'ที่นี่ดีมากครับ เพื่อนๆ',
    'שָׁלוֹם לְכֻלָּם',
    'مُحَمَّدٌ رَسُولٌ',
    'नमस्ते दोस्तों',
  ])
    expect(find(text)).toBeNull()
})

test('decomposed Hangul and the parts of emoji are no marks', () => {
  expect(find('각난닫랄맘밥'.normalize('NFD'))).toBeNull()
  expect(find('1️⃣2️⃣3️⃣❤️‍🔥🏴󠁧󠁢󠁥󠁮󠁧󠁿')).toBeNull()
})
