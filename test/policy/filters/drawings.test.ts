import { expect, test } from 'vitest'
import { DEFAULT_DRAWINGS, findDrawings } from '../../../src/policy/filters/drawings.js'
import { textOf } from './says.js'

const find = (text: string, cells = 12) => findDrawings(textOf(text), { cells })

test('cells of a picture are evidence from the limit on', () => {
  expect(find('⣿⠟⣿⠟⣿⠟⣿⠟⣿⠟⣿')).toBeNull()
  expect(find('⣿⠟⣿⠟⣿⠟⣿⠟⣿⠟⣿⠟')).toEqual({ filter: 'drawings', score: 0.5, value: 12, limit: 12 })
  expect(find('⣿⠟⣿⠟⣿⠟⣿⠟⣿⠟⣿⠟'.repeat(3))).toMatchObject({ score: 1 })
})

test('blocks, boxes and coloured squares draw too, on one line or many', () => {
  for (const text of ['█▀▄░█▀▄░█▀▄░█▀▄░', '┌─┬─┐\n│ │ │\n└─┴─┘', '🟥⬛🟩⬜🟥⬛🟩⬜🟥⬛🟩⬜'])
    expect(find(text)).not.toBeNull()
})

test('ASCII strokes draw where a line is little else', () => {
  const cat = ' /\\_/\\  ( o.o )  > ^ <  (")_(")  |__|'

  expect(find(cat)).not.toBeNull()
  expect(find(cat.replaceAll('  ', '\n'))).not.toBeNull()
  expect(find(`고양이 그림을 하나 그려 봤는데 한번 보실래요 여러분 ${cat}`)).toBeNull()
})

test('a rule, a progress bar and kaomoji are no drawings by default', () => {
  for (const text of [
    '━━━━━━━━━━━━━━━━━━━━━━━━━ 공지 ━━━━━━━━━━━━━━━━━━━━━━━━━',
    '██████████████░░░░░░░░░░ 58%',
    '┻━┻ ︵ヽ(`Д´)ﾉ︵ ┻━┻',
    '(╯°□°)╯︵ ┻━┻ (╯°□°)╯︵ ┻━┻',
    '--------------------------------------------------',
    '🟩🟩⬜🟨⬜\n🟩🟩🟩⬜⬜\n🟩🟩🟩🟩🟩',
  ])
    expect(find(text, DEFAULT_DRAWINGS.cells)).toBeNull()
})

test('two rows of a braille picture are one by default', () => {
  const row = '⣿⡿⠋⠄⠄⢀⣠⣤⣴⣶⣾⣿⣷⣄⠄⠈⣿⣏⣽⣿⠟⠄⢀⣴⣶⣾⣿⣿⣷⣄'

  expect(find(`${row} ${row}`, DEFAULT_DRAWINGS.cells)).not.toBeNull()
})
