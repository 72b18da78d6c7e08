import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Queue } from 'bullmq'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.js'
import { lagOf } from '../e2e/topics.js'
import { runHaechi } from '../fixtures/haechi-run.js'
import { ABUSE, Cluster, envelope, fetchCases, mayNotRun, SMALL_TALK, untilCase } from './cluster.js'
import { until } from './kafka-helpers.js'

// What other programs rely on, seen with their own clients: kafkajs, BullMQ and fetch as anybody has them.

const INPUT_TOPICS = ['chat.messages', 'board.posts']
const TOPICS = [...INPUT_TOPICS, 'moderation.verdicts', 'moderation.decisions', 'moderation.dead-letters']
const VERDICT_FIELDS = 'messageId source channelId userId sentAt verdict scores spans versions decidedAt'

const ajv = new Ajv2020({ formats: { 'date-time': true } })

/** What is wrong with a value by a published schema; nothing: an empty list. */
const problemsOf = (schema: string) => {
  const path = join(packageRoot, `src/domain/schema/${schema}.schema.json`)
  const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')))
  return (value: unknown) => (validate(value) ? [] : validate.errors)
}
const verdictProblems = problemsOf('verdict')
const decisionProblems = problemsOf('decision')
const caseProblems = problemsOf('case')

const statusOf = async (url: string): Promise<number> => (await fetch(url)).status

describe.skipIf(mayNotRun('the contract'))('two workers and a feed', () => {
  let cluster: Cluster

  beforeAll(async () => {
    cluster = await Cluster.start({ workers: 2, feeds: 1 })
  }, 180_000)
  afterAll(() => cluster?.stop(), 60_000)

  test('create all five topics, with twelve partitions each', async () => {
    const admin = cluster.kafka.admin()
    await admin.connect()

    const { topics } = await admin.fetchTopicMetadata({ topics: TOPICS })
    await admin.disconnect()

    const sizes = Object.fromEntries(topics.map(({ name, partitions }) => [name, partitions.length]))
    expect(sizes).toEqual(Object.fromEntries(TOPICS.map((name) => [name, 12])))
  })

  test('answer /livez and /readyz on every port', async () => {
    const { workers, feed, pageUrl } = cluster
    const ports = [...workers.map(({ metricsUrl }) => metricsUrl), feed.metricsUrl, pageUrl]

    const answers = await Promise.all(
      ports.flatMap((port) => [statusOf(`${port}/livez`), statusOf(`${port}/readyz`)]),
    )

    expect(new Set(ports).size).toBe(4)
    expect(answers).toEqual(Array(8).fill(200))
  })

  test('share the partitions', async () => {
    const owned = await Promise.all(
      cluster.workers.map(async ({ metricsUrl }) => {
        const text = await (await fetch(`${metricsUrl}/metrics`)).text()
        return Number(/^haechi_assigned_partitions (\d+)/m.exec(text)?.[1])
      }),
    )

    expect(owned.reduce((sum, count) => sum + count, 0)).toBe(24)
    for (const count of owned) expect(count).toBeGreaterThan(0)
  })

  test('judge chat and board posts with the required fields only, gzipped or not', async () => {
    const post = envelope('post', 'a3', SMALL_TALK.repeat(40) + ABUSE, { source: 'board' })
    await cluster.produce('chat.messages', [envelope('plain', 'a1', ABUSE)])
    await cluster.produce('chat.messages', [envelope('gzip', 'a2', ABUSE)], true)
    await cluster.produce('board.posts', [post])

    const found = await cluster.verdictsOf('plain', 'gzip', 'post')

    for (const { verdict, raw, key, channelId, userId } of found) {
      expect(verdict).toBe('flag')
      expect(verdictProblems(raw)).toEqual([])
      expect(Object.keys(Object(raw)).join(' ')).toBe(VERDICT_FIELDS)
      expect(key).toBe(`${channelId}:${userId}`)
    }
  })

  test('give a flag at least one span, inside the text, in code points', async () => {
    const text = `😀😀 ${ABUSE}`
    await cluster.produce('chat.messages', [envelope('astral', 'a4', text)])

    const [first] = await cluster.verdictsOf('astral')

    expect(first?.spans.length).toBeGreaterThan(0)
    for (const { start, end } of first?.spans ?? []) {
      expect(start).toBeGreaterThanOrEqual(3)
      expect(end).toBeGreaterThan(start)
      expect(end).toBeLessThanOrEqual([...text].length)
    }
  })

  test('publish nothing about clean messages, and each of the others once', async () => {
    const messages = [envelope('clean', 'a5', '안녕하세요'), envelope('after', 'a5', ABUSE)]
    await cluster.produce('chat.messages', messages)

    await cluster.verdictsOf('after')

    const ids = cluster.verdicts().map(({ messageId }) => messageId)
    expect(ids.filter((id) => id === 'after')).toHaveLength(1)
    expect(ids).not.toContain('clean')
  })

  test('give a message id that is produced twice one strike and one line', async () => {
    const twice = envelope('twice', 'a6', ABUSE)
    await cluster.produce('chat.messages', [twice, twice, envelope('then', 'a6', ABUSE)])
    await cluster.verdictsOf('then')

    const { lines } = await untilCase(cluster.pageUrl, 'open', 'a6')

    expect(lines).toHaveLength(2)
  })

  test('show the case of a first flag within a second of its verdict', async () => {
    const author = { id: 'b1', name: '__proto__' }
    await cluster.produce('chat.messages', [envelope('first', 'b1', ABUSE, { author })])
    const opened = await untilCase(cluster.pageUrl, 'open', 'b1')
    const seenAtMs = Date.now()

    const [first] = await cluster.verdictsOf('first')

    expect(seenAtMs - Date.parse(first?.decidedAt ?? '')).toBeLessThan(1_000)
    expect(caseProblems(opened)).toEqual([])
    expect(opened.user).toEqual(author)
  })

  test('keep user ids that look like numbers as they are', async () => {
    await cluster.produce('chat.messages', [envelope('z', '007', ABUSE), envelope('s', '7', ABUSE)])

    const found = await Promise.all(['007', '7'].map((user) => untilCase(cluster.pageUrl, 'open', user)))

    expect(new Set(found.map(({ id }) => id)).size).toBe(2)
    // A case may be seen before its verdict is; later tests count both.
    for (const id of ['z', 's']) expect(await cluster.verdictsOf(id)).toHaveLength(1)
  })

  test('have one case in the API for each flagged user, and none for others', async () => {
    const flagged = cluster.verdicts().filter(({ verdict }) => verdict === 'flag')

    const users = (await fetchCases(cluster.pageUrl, 'open')).map(({ user }) => user.id)

    expect(users.toSorted()).toEqual([...new Set(flagged.map(({ userId }) => userId))].toSorted())
  })

  test('put the case into the BullMQ queue until a decision on the page completes it', async () => {
    const { hostname, port } = new URL(cluster.servers.env.REDIS_URL)
    const connection = { host: hostname, port: Number(port) }
    const queue = new Queue('moderation', { prefix: 'haechi', connection })
    await cluster.produce('chat.messages', [envelope('to-decide', 'd1', ABUSE)])
    const { id } = await untilCase(cluster.pageUrl, 'open', 'd1')
    const jobOf = async () => (await queue.getWaiting()).find(({ data }) => data.caseId === id)
    await until(async () => (await jobOf()) !== undefined)
    const job = await jobOf()

    const answer = await fetch(`${cluster.pageUrl}/api/cases/${encodeURIComponent(id)}/decision`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ decision: 'dismiss', note: '장난' }),
    })
    await until(async () => (await jobOf()) === undefined)
    await queue.close()

    expect(Object.keys(job?.data ?? {})).toEqual(['caseId', 'snapshot'])
    expect(job?.data.snapshot).toMatchObject({ id, user: { id: 'd1' } })
    expect(answer.status).toBe(200)
    expect(await untilCase(cluster.pageUrl, 'decided', 'd1')).toMatchObject({ id })
  })

  test('publish the decision', async () => {
    const decisions = () => cluster.read.filter(({ topic }) => topic === 'moderation.decisions')
    await until(() => decisions().length > 0)

    const [decision] = decisions()

    const record: unknown = JSON.parse(String(decision?.value))
    expect(decisionProblems(record)).toEqual([])
    expect(record).toMatchObject({ decision: 'dismiss', note: '장난', messageIds: ['to-decide'] })
    expect(decision?.key).toBe('c1:d1')
  })

  test('cut a text over 10,000 code points, and the verdict says so', async () => {
    const text = ABUSE + '가나다라 '.repeat(2_100)
    await cluster.produce('board.posts', [envelope('long', 'f1', text, { source: 'board' })])

    const [first] = await cluster.verdictsOf('long')

    expect(first).toMatchObject({ verdict: 'flag', truncated: true })
  })

  test('judge an empty text and a time far in the past as any other', async () => {
    const past = envelope('past', 'f2', ABUSE, { sentAt: '1999-01-01T00:00:00+09:00' })
    await cluster.produce('chat.messages', [envelope('empty', 'f2', ''), past])

    const [first] = await cluster.verdictsOf('past')

    expect(first).toMatchObject({ verdict: 'flag', sentAt: '1999-01-01T00:00:00+09:00' })
  })

  test('commit within a second: an idle group has no lag', async () => {
    await sleep(1_200)

    expect(await lagOf(cluster.kafka, 'haechi', INPUT_TOPICS)).toBe(0)
  })

  test('keep the metrics port to the one that was asked for: in use is an error that names it', async () => {
    const { port } = new URL(cluster.feed.metricsUrl)
    const env = { ...cluster.servers.env, HAECHI_METRICS_PORT: port }

    const { code, stderr } = await runHaechi(['worker'], { env })

    expect(code).toBe(69)
    expect(stderr).toMatch(/HAECHI_PORT_IN_USE: .*HAECHI_METRICS_PORT/)
  })

  test('end with 0 on SIGTERM; what came meanwhile is judged later, clean ones published when asked', async () => {
    const codes = await Promise.all(cluster.workers.splice(0).map((worker) => worker.stop()))
    const messages = [envelope('m1', 'g1', '안녕하세요 여러분'), envelope('m2', 'g2', ABUSE)]
    await cluster.produce('chat.messages', messages)
    await cluster.startWorker('--publish-clean')

    const [clean, flagged] = await cluster.verdictsOf('m1', 'm2')

    expect(codes).toEqual([0, 0])
    expect(clean).toMatchObject({ verdict: 'clean', spans: [] })
    expect(verdictProblems(clean?.raw)).toEqual([])
    expect(flagged).toMatchObject({ verdict: 'flag' })
  })

  test('end the feed with 0 too', async () => {
    expect(await cluster.feed.stop()).toBe(0)
  })
})
