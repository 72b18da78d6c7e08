import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type HaechiProcess, startHaechi } from '../e2e/haechi-process.js'
import { type IrcServer, startIrcServer } from '../fixtures/irc-server.js'
import { ABUSE, Cluster, mayNotRun, untilCase } from './cluster.js'
import { until } from './kafka-helpers.js'
import { ROOMS, type Scripted, scriptLines } from './twitch-lines.js'

const LINES = 1_000
const CHANNELS = Object.keys(ROOMS)

/** Every twentieth line is abuse by a user of its own; the others are the script's. */
const withAbuse = (script: readonly Scripted[]): readonly Scripted[] =>
  script.map(({ line, expected }, index) => {
    if (index % 20 !== 7 || expected === null) return { line, expected }
    const tags = { ...line.tags, 'user-id': `9${index}`, emotes: '' }
    const key = `${line.tags['room-id']}:9${index}`
    return { line: { ...line, tags, text: ABUSE }, expected: { ...expected, key, text: ABUSE, emotes: [] } }
  })

const idsOf = (lines: readonly Scripted[], text: string): readonly string[] =>
  lines.flatMap(({ expected }) => (expected?.text === text ? [expected.id] : []))

const startIrc = async (): Promise<IrcServer> => startIrcServer({ roomId: (channel) => ROOMS[channel] ?? '' })

describe.skipIf(mayNotRun('haechi bot'))('haechi bot beside a worker', () => {
  const script = withAbuse(scriptLines(LINES))
  let cluster: Cluster
  let irc: IrcServer
  let bot: HaechiProcess

  beforeAll(async () => {
    irc = await startIrc()
    cluster = await Cluster.start({ workers: 1, feeds: 1 })
    const { KAFKA_BROKERS } = cluster.servers.env
    const env = { KAFKA_BROKERS, TWITCH_IRC_URL: irc.url, TWITCH_CHANNELS: CHANNELS.join(',') }
    bot = await startHaechi('bot', ['bot'], env)
    await Promise.all(CHANNELS.map((channel) => irc.joined(channel)))
    // A line before the bot knows all rooms might pass for a visitor's.
    await until(async () => /^haechi_twitch_joined_channels 2$/m.test(await metrics()))
    for (const { line } of script) irc.say(line)
  }, 180_000)

  afterAll(async () => {
    await bot?.stop()
    await cluster?.stop()
    await irc?.close()
  }, 60_000)

  const metrics = async (): Promise<string> => (await fetch(`${bot.metricsUrl}/metrics`)).text()

  test('publishes every line once, and counts it', async () => {
    await until(async () => (await metrics()).includes(`{outcome="published"} ${LINES}`), 30_000)

    const admin = cluster.kafka.admin()
    await admin.connect()
    const ends = await admin.fetchTopicOffsets('chat.messages')
    await admin.disconnect()
    expect(ends.reduce((sum, { high }) => sum + Number(high), 0)).toBe(LINES)
  })

  test('the abusive lines reach moderation.verdicts under the key that they were sent with', async () => {
    const abusive = idsOf(script, ABUSE)

    const found = await cluster.verdictsOf(...abusive)

    const keys = new Map(script.flatMap(({ expected }) => (expected ? [[expected.id, expected.key]] : [])))
    expect(abusive.length).toBeGreaterThanOrEqual(45)
    expect(found.map(({ verdict, key }) => [verdict, key])).toEqual(
      abusive.map((id) => ['flag', keys.get(id)]),
    )
  })

  test('the innocent lines do not', () => {
    const innocent = new Set(script.flatMap(({ expected }) => expected?.id ?? []))
    for (const id of [...idsOf(script, ABUSE), ...idsOf(script, '시1발 뭐하냐')]) innocent.delete(id)

    const flagged = cluster.verdicts().filter(({ verdict }) => verdict === 'flag')

    expect(flagged.filter(({ messageId }) => innocent.has(messageId))).toEqual([])
  })

  test('a flagged viewer has a case under the display name', async () => {
    const [first] = script.filter(({ line }) => line.text === ABUSE)

    const found = await untilCase(cluster.pageUrl, 'open', first?.line.tags['user-id'] ?? '')

    expect(found.user.name).toBe(first?.expected?.name)
  })

  test('is ready, and ends with 0 on SIGTERM', async () => {
    expect((await fetch(`${bot.metricsUrl}/readyz`)).status).toBe(200)
    expect(await bot.stop()).toBe(0)
  })
})

describe('haechi up --twitch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'haechi-twitch-'))
  const cleanups: (() => unknown)[] = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('shows who crosses the line, and ends with 0 on SIGTERM', async () => {
    const irc = await startIrc()
    cleanups.push(() => irc.close())
    const env = { TWITCH_IRC_URL: irc.url, HAECHI_DATA: folder, HAECHI_PORT: '0', HAECHI_METRICS_PORT: '0' }
    const up = await startHaechi('up', ['up', '--twitch', '#haechi'], env)
    cleanups.push(() => up.stop())
    await irc.joined('haechi')
    const tags = { 'display-name': '1', 'room-id': '501', 'tmi-sent-ts': `${Date.now()}` }

    irc.say({
      channel: 'haechi',
      login: 'calm',
      tags: { ...tags, id: 'a', 'user-id': '1' },
      text: '안녕하세요',
    })
    irc.say({ channel: 'haechi', login: 'loud', tags: { ...tags, id: 'b', 'user-id': '2' }, text: ABUSE })
    const found = await untilCase(up.pageUrl ?? '', 'open', '2')

    expect(found).toMatchObject({ channel: { id: '501', name: 'haechi' }, user: { id: '2', name: '1' } })
    expect(z.array(z.looseObject({ text: z.string() })).parse(found.lines)).toMatchObject([{ text: ABUSE }])
    expect(await up.stop()).toBe(0)
  })
})
