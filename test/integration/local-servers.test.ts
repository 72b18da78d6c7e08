import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import kafkajs from 'kafkajs'
import { afterEach, describe, expect, test } from 'vitest'
import { startKafka, whyNoKafka } from '#local/kafka.mjs'
import { startRedis, whyNoRedis } from '#local/redis.mjs'

const isOptional = process.env.HAECHI_REQUIRE_SERVERS !== '1'
const cleanups: (() => unknown)[] = []

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'haechi-local-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

describe.skipIf(isOptional && whyNoKafka() !== undefined)('a local Kafka', () => {
  test('that was killed comes back on its port with its records', async () => {
    const folder = temporaryFolder()
    const first = await startKafka({ folder })
    cleanups.push(first.kill)
    const client = new kafkajs.Kafka({ brokers: [first.brokers], logLevel: kafkajs.logLevel.NOTHING })
    const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
    const admin = client.admin()
    await Promise.all([producer.connect(), admin.connect()])
    cleanups.push(() => Promise.all([producer.disconnect(), admin.disconnect()]))
    await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }] })
    await producer.send({ topic: 'kept', messages: [{ value: 'a' }, { value: 'b' }] })

    await first.kill()
    const second = await startKafka({ folder })
    cleanups.push(second.stop)

    expect(second.brokers).toBe(first.brokers)
    expect(await admin.fetchTopicOffsets('kept')).toMatchObject([{ partition: 0, offset: '2' }])
  })
})

describe.skipIf(isOptional && whyNoRedis() !== undefined)('a local Redis', () => {
  test('that was killed comes back with what it had written', async () => {
    const folder = temporaryFolder()
    const first = await startRedis({ folder })
    cleanups.push(first.kill)
    const before = new Redis(first.url)
    await before.set('key', 'value')
    before.disconnect()

    await first.kill()
    const second = await startRedis({ folder, port: first.port })
    cleanups.push(second.stop)
    const after = new Redis(second.url)
    cleanups.push(() => after.disconnect())

    expect(await after.get('key')).toBe('value')
    expect(await after.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
  })
})
