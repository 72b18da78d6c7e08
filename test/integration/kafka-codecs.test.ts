import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, test } from 'vitest'
import {
  brokers,
  CollectingSink,
  closeSources,
  connect,
  createTopic,
  openSource,
  produce,
  uniqueName,
  until,
} from './kafka-helpers.js'

const hasKcat = spawnSync('kcat', ['-V']).status === 0
const lines = Array.from(
  { length: 2_000 },
  (_, i) => `{"id":"${i}","text":"같은 말을 또 하고 또 하고 ${i % 7}"}`,
)

const received = async (topic: string): Promise<readonly string[]> => {
  const sink = new CollectingSink()
  await openSource({ kafka: connect(), topics: [topic] }).start(sink)
  await until(() => sink.records.length >= lines.length)
  return sink.values
}

describe.skipIf(brokers === undefined)('compressed records are read', () => {
  afterEach(closeSources)

  test.skipIf(!hasKcat).each(['gzip', 'snappy', 'lz4', 'zstd'])('%s, by librdkafka', async (codec) => {
    const topic = await createTopic(connect(), uniqueName(codec), 1)

    const args = ['-P', '-b', String(brokers), '-t', topic, '-z', codec, '-X', 'linger.ms=50']
    const kcat = spawnSync('kcat', args, { input: `${lines.join('\n')}\n`, encoding: 'utf8' })
    expect(kcat.stderr).not.toMatch(/ERROR/)

    expect(await received(topic)).toEqual(lines)
  })

  test.each([
    ['gzip', 1],
    ['snappy', 2],
    ['lz4', 3],
  ])('%s, by kafkajs', async (codec, compression) => {
    const kafka = connect()
    const topic = await createTopic(kafka, uniqueName(codec), 1)
    const producer = kafka.producer({ createPartitioner: () => () => 0 })
    await producer.connect()

    await producer.send({ topic, messages: lines.map((value) => ({ value })), compression })
    await producer.disconnect()

    expect(await received(topic)).toEqual(lines)
  })

  test('a record of 1,000,000 bytes arrives whole', async () => {
    const kafka = connect()
    const topic = await createTopic(kafka, uniqueName('large'), 1)
    await produce(kafka, [{ topic, value: Buffer.alloc(1_000_000, 'x') }])
    const sink = new CollectingSink()
    await openSource({ kafka, topics: [topic] }).start(sink)

    await until(() => sink.records.length === 1)
    expect(sink.records[0]?.value?.length).toBe(1_000_000)
  })
})
