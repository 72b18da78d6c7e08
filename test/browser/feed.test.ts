import { expect } from 'vitest'
import { pageTest as test } from './session.js'

const span = (start: number, end: number, view: 'canonical' | 'title' = 'canonical') =>
  ({ start, end, category: 'insult', view }) as const

const two = { id: 'c2', name: 'second channel' }

test('with nothing to review it says what to do', async ({ session }) => {
  await session.page.getByText('Nobody to review').waitFor()
})

test('a case appears within a second of its flag, without a reload', async ({ session }) => {
  const before = performance.now()

  await session.feed.flag({ text: '너 진짜 한심하다', user: { id: '7', name: '달빛여우' } })
  await session.page.locator('.row').waitFor()

  expect(performance.now() - before).toBeLessThan(1000)
  expect(await session.users()).toEqual(['달빛여우'])
  expect(await session.page.locator('#case .text').textContent()).toBe('너 진짜 한심하다')
})

test('the highlight covers exactly the code points that fired, after emoji too', async ({ session }) => {
  const text = '👩‍👩‍👧🏽 😀😀 시1발 뭐하냐 🤮'
  const start = Array.from('👩‍👩‍👧🏽 😀😀 ').length

  await session.feed.flag({ text, spans: [span(start, start + 3), span(start + 1, start + 7)] })
  await session.page.locator('#case .text').waitFor()

  const marks = await session.page.locator('#case .text mark').allTextContents()
  expect(marks).toEqual(['시', '1발', ' 뭐하냐'])
  expect(await session.page.locator('#case .text').textContent()).toBe(text)
  const before = await session.page.evaluate(
    "[...document.querySelector('#case .text').childNodes][0].textContent",
  )
  expect(before).toBe('👩‍👩‍👧🏽 😀😀 ')
  expect(await session.page.locator('.row mark').allTextContents()).toEqual(marks)
})

test('spans of the title highlight the title, and spans past the end are clamped', async ({ session }) => {
  await session.feed.flag({
    title: '🔥 공지입니다',
    text: 'short',
    spans: [span(2, 4, 'title'), span(3, 99)],
  })
  await session.page.locator('#case .post-title').waitFor()

  expect(await session.page.locator('#case .post-title mark').allTextContents()).toEqual(['공지'])
  expect(await session.page.locator('#case .text mark').allTextContents()).toEqual(['rt'])
})

test('evidence deep in a long post is brought into sight, in the list and in the case', async ({
  session,
}) => {
  const text = `${'😀 a long and friendly story. '.repeat(300)}and you are a fool${' the end.'.repeat(200)}`
  const start = Array.from(text.slice(0, text.indexOf('fool'))).length
  await session.feed.flag({ text, spans: [span(start, start + 4)] })
  await session.page.locator('#case .text mark').waitFor()

  expect(await session.page.locator('.row mark').allTextContents()).toEqual(['fool'])
  expect(await session.page.locator('#case .text').textContent()).toBe(text)
  expect(
    await session.page.evaluate(`(() => {
    const box = document.querySelector('#case .text').getBoundingClientRect()
    const mark = document.querySelector('#case .text mark').getBoundingClientRect()
    return mark.top >= box.top && mark.bottom <= box.bottom
  })()`),
  ).toBe(true)
})

test('why it was flagged can be unfolded, and stays so when more evidence comes', async ({ session }) => {
  const user = { id: '7', name: 'seven' }
  await session.feed.flag({
    text: 'first',
    user,
    reasons: ['abusive 0.97 >= 0.62'],
    scores: { abusive: 0.99 },
  })
  await session.page.locator('summary').click()

  await session.feed.flag({ text: 'second', user })
  await expect.poll(() => session.page.locator('#case .line').count()).toBe(2)

  expect(await session.page.locator('details[open]').count()).toBe(1)
  await session.page.getByText('abusive 0.97 >= 0.62').waitFor()
  await session.page.getByText('cleaned text').first().waitFor()
})

test('what chat filters found is told beside the line, in words, with its measure', async ({ session }) => {
  await session.feed.flag({
    text: 'YOU ARE ALL FOOLS http://evil.example',
    evidence: [
      { filter: 'caps', score: 0.9, value: 0.94, limit: 0.7 },
      { filter: 'links', score: 0.5, value: 1, limit: 1, detail: 'evil.example' },
    ],
  })
  await session.page.locator('#case .filters').waitFor()

  const chips = session.page.locator('#case .filters .chip')
  expect(await chips.allTextContents()).toEqual(['capitals', 'link'])
  expect(await chips.last().getAttribute('title')).toBe('1, limit 1 · evil.example')
})

test('what was repeated is told in the language of the page', async ({ session }) => {
  await session.feed.flag({
    text: '너 바보 너 바보',
    evidence: [{ filter: 'repetition', score: 0.5, value: 8, limit: 8, detail: 'phrases' }],
  })
  const chip = session.page.locator('#case .filters .chip')
  await chip.waitFor()
  expect(await chip.getAttribute('title')).toBe('8, limit 8 · one phrase')

  await session.page.getByRole('button', { name: '한국어로 보기' }).click()

  await expect.poll(() => chip.getAttribute('title')).toBe('8, 한도 8 · 같은 말')
})

test('the channel filter shows one channel, now and later', async ({ session }) => {
  await session.feed.flag({ text: 'one', user: { id: '1', name: 'one' } })
  await session.feed.flag({ text: 'two', user: { id: '2', name: 'two' }, channel: two })
  await expect.poll(() => session.page.locator('.row').count()).toBe(2)

  await session.page.keyboard.press('/')
  expect(await session.page.evaluate('document.activeElement.id')).toBe('channel')
  await session.page.locator('#channel').selectOption(two.id)
  await session.shows(['two'])
  await session.feed.flag({ text: 'three', user: { id: '3', name: 'three' } })
  await session.feed.flag({ text: 'four', user: { id: '4', name: 'four' }, channel: two })

  await session.shows(['four', 'two'])
  await session.page.keyboard.press('j')
  expect(await session.selected()).toBe('two')
})

test('after a restart of the server the stream goes on where it was', async ({ session }) => {
  await session.flagUsers('before')
  await session.page.route('**/api/cases?*', (route) => route.abort())

  await session.feed.stop()
  await session.page.getByText('Reconnecting').waitFor()
  await session.feed.flag({ text: 'meanwhile', user: { id: 'm', name: 'meanwhile' } })
  await session.feed.restart()

  await session.page.getByText('Live', { exact: true }).waitFor({ timeout: 15_000 })
  await session.shows(['meanwhile', 'before'])
})

test('six hundred cases are all there, and moving among them is quick', async ({ session }) => {
  await session.feed.flag(
    ...Array.from({ length: 600 }, (_, at) => ({
      text: `line ${at}`,
      user: { id: `${at}`, name: `${at}` },
    })),
  )
  await expect.poll(() => session.page.locator('.row').count(), { timeout: 10_000 }).toBe(600)

  const medianMs = await session.page.evaluate(`(() => {
    const press = () => {
      const before = performance.now()
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))
      document.body.getBoundingClientRect()
      return performance.now() - before
    }
    return Array.from({ length: 21 }, press).sort((a, b) => a - b)[10]
  })()`)

  expect(medianMs).toBeLessThan(50)
})

test('it speaks Korean when asked', async ({ session }) => {
  await session.flagUsers('somebody')

  await session.page.getByRole('button', { name: '한국어로 보기' }).click()

  await session.page.getByText('모의 실행').first().waitFor()
  await session.page.getByRole('button', { name: '문제없음' }).waitFor()
  expect(await session.page.evaluate('document.documentElement.lang')).toBe('ko')
})

test('help lists the keys, and keys rest while it is open', async ({ session }) => {
  await session.flagUsers('somebody')

  await session.page.keyboard.press('?')
  await session.page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor()
  await session.page.keyboard.press('d')
  await session.page.keyboard.press('Escape')

  await session.shows(['somebody'])
})

test('on a phone a case opens over the list and goes back', async ({ session }) => {
  await session.page.setViewportSize({ width: 360, height: 740 })
  await session.flagUsers('a', 'b')
  expect(await session.page.locator('#detail').isVisible()).toBe(false)

  await session.page.locator('.row').last().click()
  expect(await session.selected()).toBe('a')
  expect(await session.page.locator('#detail').isVisible()).toBe(true)
  await session.page.getByRole('button', { name: '← Cases' }).click()

  expect(await session.page.locator('#detail').isVisible()).toBe(false)
  expect(await session.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
})
