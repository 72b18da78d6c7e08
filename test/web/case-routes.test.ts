import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DecisionRecord } from '../../src/domain/decision.js'
import { openWebApp } from './web-app.js'

let web: ReturnType<typeof openWebApp>
let decided: DecisionRecord[]
beforeEach(() => {
  decided = []
  web = openWebApp({
    hooks: { decided: (record) => decided.push(record) },
    now: () => new Date('2026-03-01T12:00:00Z'),
  })
})
afterEach(() => web.close())

const list = async (query = '') => (await web.app.inject(`/api/cases${query}`)).json()
const firstId = async (): Promise<string> => (await list()).cases[0].id

const decide = async (payload: string | object, headers: Record<string, string> = {}, id?: string) =>
  web.app.inject({
    method: 'POST',
    url: `/api/cases/${encodeURIComponent(id ?? (await firstId()))}/decision`,
    payload,
    headers,
  })

test('cases come as the contract says', async () => {
  await web.flag({ text: '시1발', spans: [{ start: 0, end: 3, category: 'profanity', view: 'shape' }] })

  const { cases, total } = await list('?state=open&limit=100')

  expect(total).toBe(1)
  expect(cases[0]).toMatchObject({
    state: 'open',
    channel: { id: 'c1', name: 'haetae' },
    user: { id: 'u0', name: 'user0' },
    strikes: 1,
    lines: [{ messageId: 'm0', text: '시1발', spans: [{ start: 0, end: 3 }] }],
    versions: { rules: '1' },
  })
})

test('cases are filtered by state and channel, and limited', async () => {
  await web.flag({ text: 'a' }, { text: 'b' }, { text: 'c', channel: { id: 'c2', name: 'two' } })
  await decide({ decision: 'dismiss' })

  expect((await list('?state=open')).total).toBe(2)
  expect((await list('?state=decided')).total).toBe(1)
  expect((await list('?channel=c2&state=decided')).cases[0].channel.id).toBe('c2')
  const limited = await list('?limit=1')
  expect(limited.cases).toHaveLength(1)
  expect(limited.total).toBe(3)
})

test('a limit has no upper bound, and is 100 when none is given', async () => {
  await web.flag(...Array.from({ length: 150 }, (_, at) => ({ text: `line ${at}` })))

  expect((await list()).cases).toHaveLength(100)
  expect((await list('?limit=1000000')).cases).toHaveLength(150)
})

test.each([
  'state=closed',
  'state=open&state=decided',
  'limit=0',
  'limit=-1',
  'limit=1.5',
  'limit=ten',
  'channel=',
])('a query that means nothing is refused: %s', async (query) => {
  const answer = await web.app.inject(`/api/cases?${query}`)

  expect(answer.statusCode).toBe(400)
  expect(answer.json().error.code).toBe('HAECHI_BAD_REQUEST')
  expect(answer.json().error.message).toContain(query.split('=')[0])
})

test('a decision closes the case, and undo opens it again', async () => {
  await web.flag({ text: 'a' })
  const id = await firstId()

  const closed = await decide({ decision: 'warn', note: 'first time' })
  const reopened = await decide({ decision: 'undo' }, {}, id)

  expect(closed.statusCode).toBe(200)
  expect(closed.json().case).toMatchObject({
    id,
    state: 'decided',
    decision: { kind: 'warn', note: 'first time' },
  })
  expect(closed.json().record).toMatchObject({ dryRun: true, decidedAt: '2026-03-01T12:00:00.000Z' })
  expect(reopened.json().case.state).toBe('open')
  expect(decided.map((record) => record.decision)).toEqual(['warn', 'undo'])
})

test('a timeout lasts ten minutes unless it says how long', async () => {
  await web.flag({ text: 'a' }, { text: 'b' })

  await decide({ decision: 'timeout' })
  const open = (await list('?state=open')).cases[0].id
  await decide({ decision: 'timeout', seconds: 1_209_600 }, {}, open)

  expect(decided.map((record) => record.seconds)).toEqual([600, 1_209_600])
})

test.each([
  {},
  { decision: 'explode' },
  { decision: ['ban'] },
  { decision: 'timeout', seconds: 0 },
  { decision: 'timeout', seconds: 1_209_601 },
  { decision: 'timeout', seconds: '600' },
  { decision: 'ban', seconds: 600 },
  { decision: 'ban', note: 'x'.repeat(501) },
  { decision: 'ban', note: 7 },
  [],
  '{"decision": "ban"',
  '{"decision": "ban", "__proto__": {"note": "x"}}',
  '',
  'null',
])('a body that means nothing is refused: %j', async (body) => {
  await web.flag({ text: 'a' })

  const answer = await decide(body, { 'content-type': 'application/json' })

  expect(answer.statusCode).toBe(400)
  expect(answer.json().error.code).toBe('HAECHI_BAD_REQUEST')
  expect(decided).toEqual([])
})

test('a case that is not there is not found, whatever its id looks like', async () => {
  for (const id of ['nobody', '../../etc/passwd', 'a:b', '한글', '__proto__']) {
    const answer = await decide({ decision: 'ban' }, {}, id)
    expect(answer.statusCode).toBe(404)
    expect(answer.json().error.code).toBe('HAECHI_NOT_FOUND')
  }
})

test('a case decided before answers 409 with the case as it is', async () => {
  await web.flag({ text: 'a' })
  await decide({ decision: 'ban' })

  const answer = await decide({ decision: 'dismiss' })

  expect(answer.statusCode).toBe(409)
  expect(answer.json()).toMatchObject({
    error: { code: 'HAECHI_CONFLICT' },
    case: { state: 'decided', decision: { kind: 'ban' } },
  })
})

test.each([
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost:81' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
])('a browser on another site cannot decide: %j', async (headers) => {
  await web.flag({ text: 'a' })

  const answer = await decide({ decision: 'ban' }, headers)

  expect(answer.statusCode).toBe(403)
  expect(decided).toEqual([])
})

test('the page itself and a program may decide', async () => {
  await web.flag({ text: 'a' }, { text: 'b' })
  const [a, b] = (await list()).cases

  const page = { origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' }
  expect((await decide({ decision: 'ban' }, page, a.id)).statusCode).toBe(200)
  expect((await decide({ decision: 'ban' }, {}, b.id)).statusCode).toBe(200)
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'what an HTML form can send is not read: %s',
  async (type) => {
    await web.flag({ text: 'a' })

    const answer = await decide('{"decision":"ban"}', { 'content-type': type })

    expect(answer.statusCode).toBe(415)
    expect(decided).toEqual([])
  },
)

test('a body over 16 KiB is not read', async () => {
  await web.flag({ text: 'a' })

  const answer = await decide({ decision: 'ban', note: 'x'.repeat(17 * 1024) })

  expect(answer.statusCode).toBe(413)
})

test('nothing is decided by GET', async () => {
  await web.flag({ text: 'a' })

  const answer = await web.app.inject(`/api/cases/${await firstId()}/decision?decision=ban`)

  expect(answer.statusCode).toBe(404)
})
