import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hasChromium, launchChromium, openPage } from './chromium.js'
import { startFeed } from './feed-server.js'

const span = (start: number, end: number, view: 'canonical' | 'title' = 'canonical') =>
  ({ start, end, category: 'insult', view }) as const

const two = { id: 'c2', name: 'second channel' }

describe.skipIf(!hasChromium())('the moderators’ page', () => {
  let browser: Browser
  let feed: Awaited<ReturnType<typeof startFeed>>
  let opened: Awaited<ReturnType<typeof openPage>>
  let page: Page

  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    feed = await startFeed()
    opened = await openPage(browser, feed.url)
    page = opened.page
    await page.getByText('Live', { exact: true }).waitFor()
  })
  afterEach(async () => {
    await opened.close()
    await feed.close()
    expect(opened.misdeeds).toEqual({ errors: [], dialogs: [], foreignRequests: [], policyViolations: [] })
  })

  const rows = () => page.locator('.row')
  const users = () => page.locator('.row .user').allTextContents()
  const shows = (names: readonly string[]) => expect.poll(users, { timeout: 5000 }).toEqual(names)
  const selected = () => page.locator('#case h2').textContent()
  const decidedKinds = async () =>
    (await feed.cases.list({ state: 'decided', limit: 10 })).cases.map((item) => item.decision?.kind)

  /** Flags one line of each user, a millisecond apart, and waits until the page shows them newest first. */
  const flagUsers = async (...names: readonly string[]) => {
    const start = Date.now() - 60_000
    const lines = names.map((name, at) => ({
      text: `a line of ${name}`,
      user: { id: name, name },
      at: new Date(start + at).toISOString(),
    }))
    await feed.flag(...lines)
    await shows([...names].reverse())
  }

  test('with nothing to review it says what to do', async () => {
    await page.getByText('Nobody to review').waitFor()
  })

  test('a case appears within a second of its flag, without a reload', async () => {
    const before = performance.now()

    await feed.flag({ text: '너 진짜 한심하다', user: { id: '7', name: '달빛여우' } })
    await page.locator('.row').waitFor()

    expect(performance.now() - before).toBeLessThan(1000)
    expect(await users()).toEqual(['달빛여우'])
    expect(await page.locator('#case .text').textContent()).toBe('너 진짜 한심하다')
  })

  test('the highlight covers exactly the code points that fired, after emoji too', async () => {
    const text = '👩‍👩‍👧🏽 😀😀 시1발 뭐하냐 🤮'
    const start = Array.from('👩‍👩‍👧🏽 😀😀 ').length

    await feed.flag({ text, spans: [span(start, start + 3), span(start + 1, start + 7)] })
    await page.locator('#case .text').waitFor()

    const marks = await page.locator('#case .text mark').allTextContents()
    expect(marks).toEqual(['시', '1발', ' 뭐하냐'])
    expect(await page.locator('#case .text').textContent()).toBe(text)
    const before = await page.evaluate("[...document.querySelector('#case .text').childNodes][0].textContent")
    expect(before).toBe('👩‍👩‍👧🏽 😀😀 ')
    expect(await page.locator('.row mark').allTextContents()).toEqual(marks)
  })

  test('spans of the title highlight the title, and spans past the end are clamped', async () => {
    await feed.flag({ title: '🔥 공지입니다', text: 'short', spans: [span(2, 4, 'title'), span(3, 99)] })
    await page.locator('#case .post-title').waitFor()

    expect(await page.locator('#case .post-title mark').allTextContents()).toEqual(['공지'])
    expect(await page.locator('#case .text mark').allTextContents()).toEqual(['rt'])
  })

  test('evidence deep in a long post is brought into sight, in the list and in the case', async () => {
    const text = `${'😀 a long and friendly story. '.repeat(300)}and you are a fool${' the end.'.repeat(200)}`
    const start = Array.from(text.slice(0, text.indexOf('fool'))).length
    await feed.flag({ text, spans: [span(start, start + 4)] })
    await page.locator('#case .text mark').waitFor()

    expect(await page.locator('.row mark').allTextContents()).toEqual(['fool'])
    expect(await page.locator('#case .text').textContent()).toBe(text)
    expect(
      await page.evaluate(`(() => {
      const box = document.querySelector('#case .text').getBoundingClientRect()
      const mark = document.querySelector('#case .text mark').getBoundingClientRect()
      return mark.top >= box.top && mark.bottom <= box.bottom
    })()`),
    ).toBe(true)
  })

  test('why it was flagged can be unfolded, and stays so when more evidence comes', async () => {
    const user = { id: '7', name: 'seven' }
    await feed.flag({ text: 'first', user, reasons: ['abusive 0.97 >= 0.62'], scores: { abusive: 0.99 } })
    await page.locator('summary').click()

    await feed.flag({ text: 'second', user })
    await expect.poll(() => page.locator('#case .line').count()).toBe(2)

    expect(await page.locator('details[open]').count()).toBe(1)
    await page.getByText('abusive 0.97 >= 0.62').waitFor()
    await page.getByText('cleaned text').first().waitFor()
  })

  test('keys dismiss the selected case and undo brings it back', async () => {
    await flagUsers('a', 'b', 'c')
    await page.keyboard.press('j')
    expect(await selected()).toBe('b')

    await page.keyboard.press('d')
    await shows(['c', 'a'])
    expect(await selected()).toBe('a')
    await expect.poll(decidedKinds).toEqual(['dismiss'])
    await page.keyboard.press('u')

    await shows(['b', 'c', 'a'])
    await expect.poll(selected).toBe('b')
    expect(await decidedKinds()).toEqual([])
  })

  test.each([
    ['w', 'warn'],
    ['t', 'timeout'],
    ['b', 'ban'],
    ['x', 'delete'],
    ['a', 'allow'],
  ])('%s means %s', async (key, decision) => {
    await flagUsers('somebody')

    await page.keyboard.press(key)

    await shows([])
    await expect.poll(decidedKinds).toEqual([decision])
  })

  test('an escalated case stays open and says so', async () => {
    await flagUsers('somebody')

    await page.keyboard.press('e')

    await page.locator('.row .chip', { hasText: 'Escalate' }).waitFor()
    await shows(['somebody'])
  })

  test('with a Korean input method on, keys mean their place on the keyboard', async () => {
    await flagUsers('somebody')

    await page.evaluate(
      "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ㅇ', code: 'KeyD', bubbles: true }))",
    )

    await expect.poll(decidedKinds).toEqual(['dismiss'])
  })

  test('a button decides with the note and the time that were chosen', async () => {
    await flagUsers('somebody')
    await page.getByLabel('Timeout for').selectOption('86400')
    await page.keyboard.press('n')
    await page.keyboard.type('third time today, d')

    await page.getByRole('button', { name: 'Timeout (Dry run)' }).click()

    await expect.poll(decidedKinds).toEqual(['timeout'])
    const [decided] = (await feed.cases.list({ state: 'decided', limit: 1 })).cases
    expect(decided?.decision?.note).toBe('third time today, d')
  })

  test('what could not be saved comes back', async () => {
    await flagUsers('somebody')
    await page.route('**/decision', (route) => route.abort())

    await page.keyboard.press('b')

    await page.locator('#toast', { hasText: 'Not saved' }).waitFor()
    await shows(['somebody'])
    expect(await decidedKinds()).toEqual([])
  })

  test('a key meant for a case that someone else just decided hits no other', async () => {
    await flagUsers('a', 'b')
    const taken = (await feed.cases.list({ limit: 2 })).cases.find((item) => item.user.name === 'b')

    await feed.cases.decide(taken?.id ?? '', { decision: 'warn' }, new Date().toISOString())
    await page.getByRole('button', { name: 'Undo', exact: true }).waitFor()
    await page.keyboard.press('b')

    expect(await selected()).toBe('b')
    expect(await decidedKinds()).toEqual(['warn'])
    await page.keyboard.press('j')
    await shows(['a'])
  })

  test('the channel filter shows one channel, now and later', async () => {
    await feed.flag({ text: 'one', user: { id: '1', name: 'one' } })
    await feed.flag({ text: 'two', user: { id: '2', name: 'two' }, channel: two })
    await expect.poll(() => rows().count()).toBe(2)

    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.id')).toBe('channel')
    await page.locator('#channel').selectOption(two.id)
    await shows(['two'])
    await feed.flag({ text: 'three', user: { id: '3', name: 'three' } })
    await feed.flag({ text: 'four', user: { id: '4', name: 'four' }, channel: two })

    await shows(['four', 'two'])
    await page.keyboard.press('j')
    expect(await selected()).toBe('two')
  })

  test('decided cases can be looked at and undone', async () => {
    await flagUsers('somebody')
    await page.keyboard.press('b')
    await page.getByText('Decided', { exact: true }).click()
    await shows(['somebody'])

    await page.locator('#buttons').getByRole('button', { name: 'Undo' }).click()

    await expect.poll(decidedKinds).toEqual([])
  })

  test('after a restart of the server the stream goes on where it was', async () => {
    await flagUsers('before')
    await page.route('**/api/cases?*', (route) => route.abort())

    await feed.stop()
    await page.getByText('Reconnecting').waitFor()
    await feed.flag({ text: 'meanwhile', user: { id: 'm', name: 'meanwhile' } })
    await feed.restart()

    await page.getByText('Live', { exact: true }).waitFor({ timeout: 15_000 })
    await shows(['meanwhile', 'before'])
  })

  test('six hundred cases are all there, and moving among them is quick', async () => {
    await feed.flag(
      ...Array.from({ length: 600 }, (_, at) => ({
        text: `line ${at}`,
        user: { id: `${at}`, name: `${at}` },
      })),
    )
    await expect.poll(() => rows().count(), { timeout: 10_000 }).toBe(600)

    const medianMs = await page.evaluate(`(() => {
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

  test('it speaks Korean when asked', async () => {
    await flagUsers('somebody')

    await page.getByRole('button', { name: '한국어로 보기' }).click()

    await page.getByText('모의 실행').first().waitFor()
    await page.getByRole('button', { name: '문제없음' }).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('ko')
  })

  test('help lists the keys, and keys rest while it is open', async () => {
    await flagUsers('somebody')

    await page.keyboard.press('?')
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('d')
    await page.keyboard.press('Escape')

    await shows(['somebody'])
  })

  test('on a phone a case opens over the list and goes back', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await flagUsers('a', 'b')
    expect(await page.locator('#detail').isVisible()).toBe(false)

    await page.locator('.row').last().click()
    expect(await selected()).toBe('a')
    expect(await page.locator('#detail').isVisible()).toBe(true)
    await page.getByRole('button', { name: '← Cases' }).click()

    expect(await page.locator('#detail').isVisible()).toBe(false)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })
})
