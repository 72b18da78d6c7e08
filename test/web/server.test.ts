import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWebApp } from '../../src/web/server.js'
import { openWebApp, silent } from './web-app.js'

let web: ReturnType<typeof openWebApp>
beforeEach(() => {
  web = openWebApp()
})
afterEach(() => web.close())

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

test.each(['/', '/feed.js', '/api/cases', '/api/stats', '/livez', '/nowhere', '/%zz', '/api/cases?limit=x'])(
  'every response carries the security headers: %s',
  async (url) => {
    const { headers } = await web.app.inject(url)

    expect(headers['content-security-policy']).toBe(POLICY)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
  },
)

test('the page is HTML, and its scripts and styles have their types', async () => {
  const typeOf = async (url: string) => (await web.app.inject(url)).headers['content-type']

  expect(await typeOf('/')).toBe('text/html; charset=utf-8')
  expect(await typeOf('/feed.js')).toBe('text/javascript; charset=utf-8')
  expect(await typeOf('/feed.css')).toBe('text/css; charset=utf-8')
  expect(await typeOf('/icon.svg')).toBe('image/svg+xml')
})

test('a file that the browser has is not sent again', async () => {
  const first = await web.app.inject('/feed.js')

  const again = await web.app.inject({
    url: '/feed.js',
    headers: { 'if-none-match': String(first.headers.etag) },
  })

  expect(again.statusCode).toBe(304)
  expect(again.body).toBe('')
})

test.each(['/../package.json', '/%2e%2e/package.json', '/index.html/../../server.ts', '/server.ts', '/.env'])(
  'nothing but the page is served: %s',
  async (url) => {
    expect((await web.app.inject(url)).statusCode).toBe(404)
  },
)

test.each(['127.0.0.1:8080', 'localhost', 'LOCALHOST:1', '[::1]:8080'])('%s is this host', async (host) => {
  expect((await web.app.inject({ url: '/livez', headers: { host } })).statusCode).toBe(200)
})

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example:8080',
  '10.0.0.1',
  'a@localhost',
])('%s is another host and is refused', async (host) => {
  const answer = await web.app.inject({ url: '/api/cases', headers: { host } })

  expect(answer.statusCode).toBe(421)
  expect(answer.json().error.code).toBe('HAECHI_MISDIRECTED')
})

test('bound to more than loopback, any host name will do', async () => {
  const open = openWebApp({ loopback: false })

  const answer = await open.app.inject({ url: '/livez', headers: { host: 'haechi.internal' } })

  expect(answer.statusCode).toBe(200)
  await open.close()
})

test('stats say the version and the open cases of each channel', async () => {
  await web.flag({ text: 'a' }, { text: 'b' }, { text: 'c', channel: { id: 'c2', name: 'two' } })

  const stats = (await web.app.inject('/api/stats')).json()

  expect(stats).toEqual({
    version: '0.0.0-test',
    openCases: 3,
    channels: [
      { id: 'c1', name: 'haetae', openCases: 2 },
      { id: 'c2', name: 'two', openCases: 1 },
    ],
  })
})

test('what breaks inside is logged, and not told', async () => {
  const logged: unknown[] = []
  const app = createWebApp({
    cases: web.cases,
    stats: () => Promise.reject(new Error('secret detail')),
    readiness: {
      report: async () => ({ ready: true, draining: false, checks: {}, notReady: [] }),
      drain() {},
    },
    version: '1',
    logger: { ...silent, error: (fields) => logged.push(fields) },
  })

  const answer = await app.inject('/api/stats')

  expect(answer.statusCode).toBe(500)
  expect(answer.json().error.code).toBe('HAECHI_INTERNAL')
  expect(answer.body).not.toContain('secret')
  expect(logged).toHaveLength(1)
})

test('a browser connection that never asked for anything does not hold up the end', async () => {
  const url = await web.app.listen({ host: '127.0.0.1', port: 0 })
  const spare = connect(Number(new URL(url).port), '127.0.0.1')
  await once(spare, 'connect')
  const before = performance.now()

  await web.app.close()

  expect(performance.now() - before).toBeLessThan(1500)
  spare.destroy()
})

test('answers are told to the hook by route, not by path, and the page as one', async () => {
  const seen: unknown[] = []
  const hooked = openWebApp({
    hooks: { answered: ({ route, method, status }) => seen.push({ route, method, status }) },
  })

  await hooked.app.inject({ method: 'POST', url: '/api/cases/abc/decision', payload: { decision: 'ban' } })

  await hooked.app.inject('/feed.js')
  await hooked.app.inject('/nowhere')

  expect(seen).toEqual([
    { route: '/api/cases/:id/decision', method: 'POST', status: 404 },
    { route: 'page', method: 'GET', status: 200 },
    { route: 'unknown', method: 'GET', status: 404 },
  ])
  await hooked.close()
})
