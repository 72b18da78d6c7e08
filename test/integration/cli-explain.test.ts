import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { runHaechi } from '../fixtures/haechi-run.js'

// `haechi explain` as built, from outside: `npm run build` comes first.

const folder = mkdtempSync(join(tmpdir(), 'haechi-explain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const configured = (yaml: string): string => {
  const path = join(folder, 'haechi.yaml')
  writeFileSync(path, yaml)
  return path
}

const scores = z.strictObject({
  abusive: z.number(),
  profanity: z.number(),
  insult: z.number(),
  hate: z.number(),
  sexual: z.number(),
  threat: z.number(),
  mild: z.number(),
})
const part = { start: z.int(), end: z.int(), text: z.string() }
const place = { ...part, view: z.string() }
const term = z.strictObject({ ...place, kind: z.string(), term: z.string(), author: z.string() })
const window = {
  ...place,
  part: z.enum(['words', 'whole']),
  decidedBy: z.enum(['linear', 'network', 'second']),
}
const explanation = z.strictObject({
  text: z.string(),
  source: z.string(),
  channelId: z.string(),
  userId: z.string(),
  verdict: z.enum(['clean', 'mild', 'flag']),
  scores,
  thresholds: scores,
  truncated: z.boolean(),
  leftToUserWindow: z.boolean(),
  fired: z.array(
    z.strictObject({
      category: z.string(),
      score: z.number(),
      threshold: z.number(),
      margin: z.number(),
      window: z.strictObject(window).optional(),
    }),
  ),
  spans: z.array(z.strictObject({ ...place, category: z.string() })),
  denied: z.array(term),
  allowed: z.array(term),
  evidence: z.array(z.object({ filter: z.string(), score: z.number() })),
  views: z.array(
    z.strictObject({
      name: z.string(),
      text: z.string(),
      judged: z.string().optional(),
      map: z.array(z.strictObject({ start: z.int(), end: z.int(), rawStart: z.int(), rawEnd: z.int() })),
      lost: z.array(z.strictObject(part)),
      tokens: z.array(z.strictObject({ piece: z.string(), start: z.int(), end: z.int() })),
    }),
  ),
  windows: z.array(z.strictObject({ ...window, scores, won: z.array(z.string()) })),
  versions: z.record(z.string(), z.string()),
})

const explain = async (args: readonly string[], input = '') => {
  const { code, stdout } = await runHaechi(['explain', '--json', ...args], { input })
  return { code, ...explanation.parse(JSON.parse(stdout)) }
}

test('one object has views, windows and what fired, under the names that are documented', async () => {
  const { code, verdict, views, windows, fired, spans } = await explain(['시1발 뭐하냐'])

  expect({ code, verdict }).toEqual({ code: 0, verdict: 'flag' })
  expect(views.map(({ name }) => name)).toContain('joined')
  expect(windows.length).toBeGreaterThan(0)
  expect(fired.map(({ category }) => category)).toContain('abusive')
  expect(spans.map(({ text }) => text)).toEqual(['시1발'])
})

test('- reads the text, without its last line end', async () => {
  const { text, source } = await explain(['-', '--source', 'board'], '안녕\n하세요\r\n')

  expect({ text, source }).toEqual({ text: '안녕\n하세요', source: 'board' })
})

test("a channel's terms hold in it, for its users and messages", async () => {
  const config = configured(`channels:
  "40017":
    terms:
      - { kind: deny, text: 무관팀, author: mod }
      - { kind: allow-user, text: 무관팀, author: mod, userId: fan }
      - { kind: allow-once, text: 무관팀, author: mod, messageId: m7 }
`)
  const verdictOf = async (...args: string[]) =>
    (await explain(['-c', config, '무관팀 답다', ...args])).verdict

  expect(await verdictOf('--channel', '40017')).toBe('flag')
  expect(await verdictOf('--channel', '40017', '--user', 'fan')).toBe('clean')
  expect(await verdictOf('--channel', '40017', '--message', 'm7')).toBe('clean')
  expect(await verdictOf('--channel', 'another')).toBe('clean')
})

test('for people it is a text without colours where there is no terminal', async () => {
  const { code, stdout } = await runHaechi(['explain', '시1발 뭐하냐'])

  expect(code).toBe(0)
  expect(stdout).toMatch(/^flag {2}"시1발 뭐하냐"\n/)
  expect(stdout).toContain('\nwindows\n')
  expect(stdout).not.toContain('\u001b')
})

test('settings that are wrong exit 78, all of them named', async () => {
  const config = configured('channels: {a: {terms: [{kind: allow-once, text: x, author: m}, {kind: no}]}}')

  const { code, stderr } = await runHaechi(['explain', '-c', config, 'a'])

  expect(code).toBe(78)
  expect(stderr).toMatch(/terms\.0\.messageId[\s\S]*terms\.1/)
})
