import type { Browser } from 'playwright-core'
import { afterAll, test as base, expect } from 'vitest'
import { hasChromium, launchChromium, openPage } from './chromium.js'
import { startFeed } from './feed-server.js'

let launched: Promise<Browser> | undefined

const openSession = async () => {
  launched ??= launchChromium()
  const feed = await startFeed()
  const { page, misdeeds, close } = await openPage(await launched, feed.url)
  await page.getByText('Live', { exact: true }).waitFor()

  const users = () => page.locator('.row .user').allTextContents()
  const shows = (names: readonly string[]) => expect.poll(users, { timeout: 5000 }).toEqual(names)
  const selected = () => page.locator('#case h2').textContent()
  const decidedKinds = async () =>
    (await feed.cases.list({ state: 'decided', limit: 10 })).cases.map((item) => item.decision?.kind)

  /** Flags one line of each user, a millisecond apart, and waits until the page shows them newest first. */
  const flagUsers = async (...names: readonly string[]) => {
    const start = Date.now() - 60_000
    const line = (name: string, at: number) => ({
      text: `a line of ${name}`,
      user: { id: name, name },
      at: new Date(start + at).toISOString(),
    })
    await feed.flag(...names.map(line))
    await shows([...names].reverse())
  }

  const end = async () => {
    await close()
    await feed.close()
    expect(misdeeds).toEqual({ errors: [], dialogs: [], foreignRequests: [], policyViolations: [] })
  }
  return { page, feed, users, shows, selected, decidedKinds, flagUsers, end }
}

afterAll(async () => (await launched)?.close())

export type Session = Awaited<ReturnType<typeof openSession>>

const sessionTest = base.extend<{ session: Session }>({
  session: async ({ task: _ }, use) => {
    const session = await openSession()
    await use(session)
    await session.end()
  },
})

/** A test with a page of its own in Chromium, which must not misbehave in it; skipped loudly without a browser. */
export const pageTest = hasChromium() ? sessionTest : sessionTest.skip
