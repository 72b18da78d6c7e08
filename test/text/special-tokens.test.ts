import { expect, test } from 'vitest'
import { renderText, SPECIAL, SPECIAL_NAMES } from '../../src/text/special-tokens.js'
import { viewsOf } from './texts.js'

test('special code points read as their names, in order', () => {
  const codePoints = Object.values(SPECIAL)
  const nothing = codePoints.map(() => 0)

  expect(renderText({ codePoints, starts: nothing, ends: nothing })).toBe(SPECIAL_NAMES.join(''))
})

test('no user can write a special token', () => {
  expect(viewsOf('[EMOTE] \ue000').canonical).toBe('[emote] \ufffd')
})
