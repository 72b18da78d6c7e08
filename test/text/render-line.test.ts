import { expect, test } from 'vitest'
import { renderLine } from '../../src/text/render-line.js'

const rendered = (input: unknown) => JSON.parse(renderLine(JSON.stringify(input)))

test('a line becomes its views, the canonical one first', () => {
  expect(rendered({ text: '시1발' })).toEqual([
    ['canonical', '시1발', '시1발'],
    ['joined', '시발', '시발'],
  ])
})

test('emotes are masked where the line says so, and nonsense among them is ignored', () => {
  const emotes = [{ start: 0, end: 5 }, null, { start: 'x' }]

  expect(rendered({ text: 'Kappa hi', emotes })).toEqual([['canonical', '[EMOTE] hi', '[EMOTE] hi']])
})

test('a view is followed by its passages and its windows, special tokens by name', () => {
  const emotes = [{ start: 0, end: 5 }]

  expect(rendered({ text: 'Kappa 오늘 방송 정말 재밌다 ㅋㅋ', emotes })).toEqual([
    [
      'canonical',
      '[EMOTE] 오늘 방송 정말 재밌다 ㅋㅋ',
      '[EMOTE] 오늘 방송 정말 재밌다 ㅋㅋ',
      '[EMOTE] 오늘 방송 정말',
      '오늘 방송 정말 재밌다',
      '방송 정말 재밌다 ㅋㅋ',
    ],
  ])
})

test.each(['시', '시!', 'ㅗㅗㅗ', '발 ~', 'ㅅㅣ'])('%s is a lone letter, which is not scored', (text) => {
  expect(rendered({ text })).toEqual([])
})

test('a post is read beyond the limit of a chat line', () => {
  const text = '가나 '.repeat(400)

  expect(rendered({ text, kind: 'board' })[0][1].length).toBe(1199)
  expect(rendered({ text })[0][1].length).toBe(500)
})

test.each(['[]', '{}', '{"text":1}', 'null'])('%s is not a line', (line) => {
  expect(() => renderLine(line)).toThrow(TypeError)
})
