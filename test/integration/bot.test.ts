import kafkajs from 'kafkajs'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { type LocalKafka, startKafka, whyNoKafka } from '../../deploy/local/kafka.mjs'
import { type BotPublisher, createBotPublisher } from '../../src/sources/bot-publisher.js'
import { decode } from '../../src/sources/decode.js'
import type { Envelope } from '../../src/sources/envelope.js'
import type { SourceRecord } from '../../src/sources/source.js'
import { TwitchClient } from '../../src/sources/twitch-client.js'
import { startIrcServer } from '../fixtures/irc-server.js'
import {
  brokers,
  CollectingSink,
  closeSources,
  connect,
  createTopic,
  openSource,
  silent,
  uniqueName,
  until,
} from './kafka-helpers.js'
import { ROOMS, scriptLines } from './twitch-lines.js'

const LINES = 1000

const openPublisher = (topic: string, addresses?: readonly string[]): BotPublisher => {
  const kafka = connect(silent, addresses)
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  return createBotPublisher({ producer, log: silent, topic })
}

const consume = async (
  topic: string,
  count: number,
  addresses?: readonly string[],
): Promise<readonly SourceRecord[]> => {
  const sink = new CollectingSink()
  const source = openSource({ kafka: connect(silent, addresses), topics: [topic] })
  await source.start(sink)
  await until(() => sink.records.length >= count, 30_000)
  await closeSources()
  return sink.records
}

const messageOf = (record: SourceRecord) => {
  const decoded = decode(record, record.timestampMs)
  if (decoded.kind !== 'message') throw new Error(`not decodable: ${decoded.detail}`)
  return decoded.message
}

describe.skipIf(brokers === undefined && process.env.HAECHI_REQUIRE_SERVERS !== '1')(
  'the bot on a real Kafka',
  () => {
    test('a thousand lines of chat become records with the right key, header, order and positions', async () => {
      const topic = await createTopic(connect(), uniqueName('chat'), 6)
      const server = await startIrcServer({ roomId: (channel) => ROOMS[channel] ?? '' })
      const publisher = openPublisher(topic)
      const hooks = { onConnected: vi.fn(), onReconnect: vi.fn(), onJoined: vi.fn() }
      const client = new TwitchClient({
        channels: ['haechi', 'raccoon'],
        ircUrl: server.url,
        log: silent,
        hooks,
        onFatal: vi.fn(),
      })
      await client.start((envelope) => publisher.publish(envelope))
      await Promise.all(['haechi', 'raccoon'].map((channel) => server.joined(channel)))
      const script = scriptLines(LINES)

      for (const { line } of script) server.say(line)
      await until(() => publisher.waiting() === 0 && hooks.onJoined.mock.lastCall?.[0] === 2)
      const records = await consume(topic, LINES)
      await client.close()
      await publisher.close()
      await server.close()

      const read = records.map((record) => {
        const { id, author, text, emotes } = messageOf(record)
        const cut = emotes.map(({ start, end }) => [...text].slice(start, end).join(''))
        return { id, key: String(record.key), name: author.name, text, emotes: cut }
      })
      const indexOf = ({ id }: { readonly id: string }): number => Number(id.split('-')[1])
      expect(read.toSorted((a, b) => indexOf(a) - indexOf(b))).toEqual(
        script.flatMap(({ expected }) => expected ?? []),
      )
      const traces = new Set(records.map(({ traceparent }) => traceparent))
      expect(traces.size).toBe(LINES)
      for (const trace of traces) expect(trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
      for (const key of new Set(read.map((one) => one.key))) {
        const own = read.filter((one) => one.key === key).map(indexOf)
        expect(own).toEqual(own.toSorted((a, b) => a - b))
      }
      expect(new Set(records.map(({ partition }) => partition)).size).toBe(6)
    })
  },
)

const chatLine = (n: number): Envelope => ({
  id: `m${n}`,
  source: 'twitch',
  channel: { id: '501', name: 'haechi' },
  author: { id: '7', name: 'otter', roles: [] },
  text: `줄 ${n}`,
  emotes: [],
  sentAt: new Date().toISOString(),
})

describe.skipIf(whyNoKafka() !== undefined)('the bot on a Kafka that is killed', () => {
  let kafka: LocalKafka | undefined
  afterAll(() => kafka?.stop())

  test('what is said meanwhile waits, and arrives in order when Kafka is back', async () => {
    kafka = await startKafka()
    const addresses = [kafka.brokers]
    const topic = await createTopic(connect(silent, addresses), uniqueName('chat'), 1)
    const publisher = openPublisher(topic, addresses)
    for (let n = 0; n < 50; n++) publisher.publish(chatLine(n))
    await until(() => publisher.waiting() === 0)

    await kafka.kill()
    for (let n = 50; n < 100; n++) publisher.publish(chatLine(n))
    const whileAway = publisher.waiting()
    kafka = await startKafka({ port: kafka.port, folder: kafka.folder })
    await until(() => publisher.waiting() === 0, 60_000)
    const records = await consume(topic, 100, addresses)
    await publisher.close()

    expect(whileAway).toBe(50)
    // A batch that Kafka took without saying so is sent again: at least once, in order.
    const ids = [...new Set(records.map((record) => messageOf(record).id))]
    expect(ids).toEqual(Array.from({ length: 100 }, (_, n) => `m${n}`))
  })
})
