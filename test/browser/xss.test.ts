import { expect } from 'vitest'
import type { Span, ViewName } from '../../src/domain/verdict.js'
import { PAYLOADS } from './payloads.js'
import { type Session, pageTest as test } from './session.js'

const middle = (text: string, view: ViewName): Span => {
  const length = Array.from(text).length
  return { start: Math.min(2, length), end: Math.max(2, length - 2), category: 'insult', view }
}

/** Every place of a case that hostile people fill. */
const hostileCase = (payload: string, at: number) => ({
  text: payload,
  title: payload,
  spans: [middle(payload, 'canonical'), middle(payload, 'title')],
  user: { id: `${payload} ${at}`, name: payload },
  channel: { id: `${payload} ${at}`, name: payload },
  messageId: `${payload} ${at}`,
  fragments: [payload, payload],
  reasons: [payload],
  evidence: [{ filter: 'links', score: 1, value: 2, limit: 1, detail: payload } as const],
})

// Code units, because lone surrogates do not survive the way from the browser to here.
const unitsOf = (text: string): number[] =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))

const flagPayloads = async ({ feed, page }: Session): Promise<void> => {
  await feed.flag(...PAYLOADS.map(hostileCase))
  await expect.poll(() => page.locator('.row').count()).toBe(PAYLOADS.length)
}

test('hostile text is shown as it was written, and runs, loads and breaks nothing', async ({ session }) => {
  await flagPayloads(session)
  const expected = new Set(PAYLOADS.map((payload) => unitsOf(payload).join()))
  for (const _ of PAYLOADS) {
    const shown = await session.page.evaluate(`(() => {
      const units = (node) => Array.from({ length: node.textContent.length }, (_, at) => node.textContent.charCodeAt(at)).join()
      const find = (selector) => units(document.querySelector('#case ' + selector))
      document.querySelector('#case details').open = true
      return [find('h2 bdi'), find('.channel-name'), find('.post-title'), find('.text')]
    })()`)
    const texts = new Set(Array.isArray(shown) ? shown : [])
    expect(texts.size).toBe(1)
    for (const text of texts) expected.delete(text)
    await session.page.keyboard.press('j')
  }

  expect([...expected]).toEqual([])
  expect(
    await session.page.evaluate("document.querySelectorAll('#list script, #case script, #case img').length"),
  ).toBe(0)
})

test('hostile text, decided and undone, still runs nothing', async ({ session }) => {
  await flagPayloads(session)

  for (const _ of PAYLOADS) await session.page.keyboard.press('d')
  await session.page.getByText('Nobody to review').waitFor()
  for (const _ of PAYLOADS.slice(0, 10)) await session.page.keyboard.press('u')
  await expect.poll(() => session.page.locator('.row').count()).toBe(10)
})
