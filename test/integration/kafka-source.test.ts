import { connect as connectSocket, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { KafkaSource } from '../../src/sources/kafka-source.js'
import {
  brokers,
  CollectingSink,
  closeSources,
  connect,
  createTopic,
  groupLag,
  openSource,
  produce,
  silent,
  uniqueName,
  until,
} from './kafka-helpers.js'

const commitEverything = (source: KafkaSource): CollectingSink => {
  const sink = new CollectingSink()
  sink.onRecords = (partition, records) => {
    const last = records.at(-1)
    if (last !== undefined) void source.commit([{ ...partition, offset: last.offset + 1 }]).catch(() => {})
  }
  return sink
}

const numbered = (topic: string, from: number, to: number, partitions: number) =>
  Array.from({ length: to - from }, (_, i) => ({
    topic,
    partition: (from + i) % partitions,
    value: String(from + i),
  }))

describe.skipIf(brokers === undefined)('a Kafka source', () => {
  const kafka = connect()
  afterEach(closeSources)

  test('delivers the records of all its topics, from the beginning', async () => {
    const topics = [
      await createTopic(kafka, uniqueName('chat'), 3),
      await createTopic(kafka, uniqueName('board'), 2),
    ]
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await produce(kafka, [
      { topic: topics[0] ?? '', key: 'c:u', value: 'chat', headers: { traceparent } },
      { topic: topics[1] ?? '', partition: 1, value: null },
    ])
    const source = openSource({ kafka, topics })
    const sink = new CollectingSink()

    const before = Date.now()
    await source.start(sink)
    await until(() => sink.records.length === 2)

    expect(source.isJoined).toBe(true)
    expect(source.lastFetchMs).toBeGreaterThanOrEqual(before)
    expect(sink.assignments.map((partitions) => partitions.length)).toEqual([5])
    const chat = sink.records.find(({ topic }) => topic === topics[0])
    expect(chat).toMatchObject({
      offset: 0,
      key: Buffer.from('c:u'),
      value: Buffer.from('chat'),
      traceparent,
    })
    expect(Math.abs(Date.now() - (chat?.timestampMs ?? 0))).toBeLessThan(60_000)
    const board = sink.records.find(({ topic }) => topic === topics[1])
    expect(board).toEqual({
      topic: topics[1],
      partition: 1,
      offset: 0,
      key: null,
      value: null,
      timestampMs: expect.any(Number),
    })
  })

  test('a paused partition gets nothing, holds up no other, and goes on at once when resumed', async () => {
    const topic = await createTopic(kafka, uniqueName('pause'), 2)
    const source = openSource({ kafka, topics: [topic] })
    const sink = new CollectingSink()
    await source.start(sink)
    const slow = { topic, partition: 0 }
    sink.onRecords = ({ partition }) => source.setPaused(slow, partition === 0 || sink.records.length > 0)
    const of = (partition: number) => sink.records.filter((record) => record.partition === partition).length

    await produce(kafka, numbered(topic, 0, 2, 2))
    await until(() => of(0) === 1 && of(1) === 1)
    await produce(kafka, numbered(topic, 2, 22, 2))
    await until(() => of(1) === 11)
    expect(of(0)).toBe(1)

    const resumedMs = Date.now()
    sink.onRecords = () => {}
    source.setPaused(slow, false)
    await until(() => of(0) === 11)
    expect(Date.now() - resumedMs).toBeLessThan(1_000)
    expect(sink.gaps).toEqual([])
  })

  test('stays in the group with every partition paused for longer than the session', async () => {
    const topic = await createTopic(kafka, uniqueName('idle'), 1)
    const source = openSource({ kafka, topics: [topic] })
    const sink = new CollectingSink()
    await source.start(sink)
    source.setPaused({ topic, partition: 0 }, true)

    await new Promise((resolve) => setTimeout(resolve, 11_500))
    source.setPaused({ topic, partition: 0 }, false)
    await produce(kafka, numbered(topic, 0, 1, 1))
    await until(() => sink.records.length === 1)

    expect(sink.assignments).toHaveLength(1)
  })

  test('members that come and go hand partitions over without loss', async () => {
    const partitions = 6
    const total = 3_000
    const topic = await createTopic(kafka, uniqueName('rebalance'), partitions)
    const groupId = uniqueName('group')
    const member = () => {
      const source = openSource({ kafka: connect(), topics: [topic], groupId })
      return { source, sink: commitEverything(source) }
    }
    const producing = produce(kafka, numbered(topic, 0, total, partitions))
    const [first, second] = [member(), member()]
    await first.source.start(first.sink)
    await until(() => first.sink.records.length > 0)
    await second.source.start(second.sink)
    await until(() => second.sink.records.length > 0)
    await first.source.close()
    await producing

    const seen = () => new Set([...first.sink.values, ...second.sink.values])
    await until(() => seen().size === total)
    await until(async () => (await groupLag(kafka, groupId, topic)) === 0)
    expect(first.sink.gaps).toEqual([])
    expect(second.sink.gaps).toEqual([])
    expect(first.sink.assignments.at(-1)).toHaveLength(partitions / 2)
    expect(second.sink.assignments.at(-1)).toHaveLength(partitions)
  })

  test('what was pausing before a rebalance flows after it', async () => {
    const topic = await createTopic(kafka, uniqueName('unpause'), 1)
    const groupId = uniqueName('group')
    const first = openSource({ kafka: connect(), topics: [topic], groupId })
    const second = openSource({ kafka: connect(), topics: [topic], groupId })
    const [firstSink, secondSink] = [new CollectingSink(), new CollectingSink()]
    await first.start(firstSink)
    first.setPaused({ topic, partition: 0 }, true)
    await second.start(secondSink)
    await until(() => firstSink.assignments.length >= 2)
    await produce(kafka, numbered(topic, 0, 5, 1))

    await until(() => firstSink.records.length + secondSink.records.length >= 5)
  })

  test('a member without partitions has joined', async () => {
    const topic = await createTopic(kafka, uniqueName('spare'), 1)
    const groupId = uniqueName('group')
    const members = [connect(), connect()].map((client) =>
      openSource({ kafka: client, topics: [topic], groupId }),
    )
    const sinks = members.map(() => new CollectingSink())
    for (const [i, source] of members.entries()) await source.start(sinks[i] ?? new CollectingSink())
    await until(() => sinks.every(({ assignments }) => assignments.length > 0))
    await until(() => sinks.flatMap(({ assignments }) => assignments.at(-1) ?? []).length === 1)

    expect(members.map(({ isJoined }) => isJoined)).toEqual([true, true])
    expect(sinks.some(({ assignments }) => assignments.at(-1)?.length === 0)).toBe(true)
  })

  test('what was committed is not delivered again, and what was not is', async () => {
    const topic = await createTopic(kafka, uniqueName('commit'), 1)
    const groupId = uniqueName('group')
    await produce(kafka, numbered(topic, 0, 10, 1))
    const before = new CollectingSink()
    const source = openSource({ kafka, topics: [topic], groupId })
    await source.start(before)
    await until(() => before.records.length === 10)
    await source.commit([{ topic, partition: 0, offset: 7 }])
    expect(source.lags()).toEqual([{ partition: `${topic}/0`, lag: 3 }])
    await source.close()
    await source.close()

    const after = new CollectingSink()
    await openSource({ kafka, topics: [topic], groupId }).start(after)
    await until(() => after.records.length === 3)
    expect(after.values).toEqual(['7', '8', '9'])
  })

  test('an idle group reaches lag 0: behind transaction markers and on empty partitions too', async () => {
    const topic = await createTopic(kafka, uniqueName('markers'), 4)
    const groupId = uniqueName('group')
    const producer = kafka.producer({
      transactionalId: uniqueName('tx'),
      maxInFlightRequests: 1,
      idempotent: true,
    })
    await producer.connect()
    const transact = async (partition: number, end: 'commit' | 'abort') => {
      const transaction = await producer.transaction()
      await transaction.send({ topic, messages: [{ partition, value: end }] })
      await transaction[end]()
    }
    await transact(0, 'commit')
    await transact(1, 'abort')
    const source = openSource({ kafka, topics: [topic], groupId })
    const sink = commitEverything(source)
    await source.start(sink)
    await until(async () => (await groupLag(kafka, groupId, topic)) === 0)

    await transact(0, 'abort')
    await transact(2, 'commit')
    await until(async () => (await groupLag(kafka, groupId, topic)) === 0)
    await producer.disconnect()

    expect(sink.values).toEqual(['commit', 'commit'])
    await until(() => source.lags().length === 4)
    expect(source.lags().map(({ lag }) => lag)).toEqual([0, 0, 0, 0])
  })

  test('waits for a broker that is away at the start, and says so', async () => {
    const topic = await createTopic(kafka, uniqueName('late'), 1)
    await produce(kafka, numbered(topic, 0, 1, 1))
    const [host, port] = (brokers?.[0] ?? '').split(':')
    const sockets = new Set<Socket>()
    const door = createServer((inside) => {
      const outside = connectSocket(Number(port), host)
      for (const socket of [inside, outside]) sockets.add(socket.on('error', () => socket.destroy()))
      inside.pipe(outside).pipe(inside)
    })
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    const address = door.address()
    const doorPort = typeof address === 'object' ? (address?.port ?? 0) : 0
    await new Promise((resolve) => door.close(resolve))

    const said: string[] = []
    const log = { ...silent, warn: (_: object, message: string) => void said.push(message) }
    const source = openSource({ kafka: connect(silent, [`127.0.0.1:${doorPort}`]), log, topics: [topic] })
    const sink = new CollectingSink()
    const started = source.start(sink)
    await until(() => said.length > 0)
    expect(said[0]).toMatch(/^cannot subscribe to .*ECONNREFUSED.*KAFKA_BROKERS.*trying again$/)
    await new Promise<void>((resolve) => door.listen(doorPort, '127.0.0.1', resolve))
    await started
    await until(() => sink.records.length === 1)

    await closeSources()
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => door.close(resolve))
  })

  test('can be closed while it waits for a broker', async () => {
    const source = openSource({ kafka: connect(silent, ['127.0.0.1:1']), topics: ['nowhere'] })
    const started = source.start(new CollectingSink())
    started.catch(() => {})

    await source.close()
    await expect(started).rejects.toThrow()
  })

  test('a sink that throws is a bug: the crash is told, nothing is lost', async () => {
    const topic = await createTopic(kafka, uniqueName('bug'), 1)
    const groupId = uniqueName('group')
    await produce(kafka, numbered(topic, 0, 1, 1))
    const crashes: Error[] = []
    const source = openSource({
      kafka,
      topics: [topic],
      groupId,
      onCrash: (error) => void crashes.push(error),
    })
    const sink = new CollectingSink()
    sink.onRecords = () => {
      throw new TypeError('a bug')
    }
    await source.start(sink)
    await until(() => crashes.length > 0)
    await source.close()

    const after = new CollectingSink()
    await openSource({ kafka, topics: [topic], groupId }).start(after)
    await until(() => after.values.includes('0'))
  })
})
