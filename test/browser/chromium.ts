import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const executablePath = PLACES.find((place) => place !== undefined && existsSync(place))

/** False, said loudly, where no browser is installed; an error there when everything must run. */
export const hasChromium = (): boolean => {
  if (executablePath !== undefined) return true
  const message = 'no Chromium found: install it, or set CHROMIUM_PATH'
  if (process.env.HAECHI_REQUIRE_SERVERS === '1') throw new Error(message)
  console.warn(`\nNOT RUN: the tests of the page. ${message}.\n`)
  return false
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ args: FLAGS, ...(executablePath === undefined ? {} : { executablePath }) })

/** What a page did that it should not have; empty lists are what a test wants. */
export interface Misdeeds {
  readonly errors: string[]
  readonly dialogs: string[]
  readonly foreignRequests: string[]
  readonly policyViolations: string[]
}

/** Opens the page at `url` and watches it. */
export const openPage = async (browser: Browser, url: string, options: BrowserContextOptions = {}) => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    ...options,
  })
  const page = await context.newPage()
  const misdeeds: Misdeeds = { errors: [], dialogs: [], foreignRequests: [], policyViolations: [] }
  await watch(page, url, misdeeds)
  await page.goto(url)
  return { page, misdeeds, close: () => context.close() }
}

const watch = async (page: Page, url: string, misdeeds: Misdeeds): Promise<void> => {
  page.on('pageerror', (error) => misdeeds.errors.push(String(error)))
  page.on('dialog', (dialog) => {
    misdeeds.dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) misdeeds.foreignRequests.push(request.url())
  })
  await page.exposeFunction('reportViolation', (what: string) => misdeeds.policyViolations.push(what))
  await page.addInitScript(`addEventListener('securitypolicyviolation', (event) => {
    reportViolation(event.violatedDirective + ' ' + event.blockedURI)
  })`)
}
