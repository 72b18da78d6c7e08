import { randomBytes, randomUUID } from 'node:crypto'
import type { KafkaMessage } from 'kafkajs'
import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KafkaRecordLog } from '../../src/queue/kafka-record-log.js'
import type { DeadLetter } from '../../src/queue/record-log.js'
import {
  DEAD_LETTERS_TOPIC,
  DECISIONS_TOPIC,
  ensureTopics,
  VERDICTS_TOPIC,
} from '../../src/sources/kafka-topics.js'
import { brokers, connect, silent, uniqueName, until, withAdmin } from './kafka-helpers.js'

describe.skipIf(brokers === undefined)('the record log on Kafka', () => {
  const kafka = connect()
  const log = new KafkaRecordLog(kafka)
  const reader = kafka.consumer({ groupId: uniqueName('reader'), maxWaitTimeInMs: 100 })
  const found: { readonly topic: string; readonly partition: number; readonly message: KafkaMessage }[] = []

  beforeAll(async () => {
    await ensureTopics(kafka, { partitions: 12 })
    await reader.connect()
    await reader.subscribe({
      topics: [VERDICTS_TOPIC, DECISIONS_TOPIC, DEAD_LETTERS_TOPIC],
      fromBeginning: true,
    })
    await reader.run({ eachMessage: async (record) => void found.push(record) })
  })
  afterAll(async () => {
    await reader.disconnect()
    await log.close()
    await log.close()
  })

  const read = async (key: string, count = 1) => {
    const withKey = () => found.filter(({ message }) => message.key?.toString() === key)
    await until(() => withKey().length >= count)
    return withKey()
  }

  const letterOf = (change: Partial<DeadLetter>): DeadLetter => ({
    reason: 'schema',
    topic: 'chat.messages',
    partition: 3,
    offset: 4_294_967_297,
    detail: 'text: 잘못된 값',
    key: Buffer.from(randomUUID()),
    value: Buffer.from('{}'),
    ...change,
  })

  const headersOf = (message: KafkaMessage | undefined) =>
    Object.fromEntries(Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]))

  test('verdicts and decisions keep key, value and order, many at a time', async () => {
    const key = `채널:${randomUUID()}`
    const values = Array.from({ length: 3_000 }, (_, i) => JSON.stringify({ i, filler: '가'.repeat(300) }))

    await log.verdicts(values.map((value) => ({ key, value })))
    await log.decisions([{ key, value: '{"decision":"allow"}' }])

    const records = await read(key, values.length + 1)
    const verdicts = records.filter(({ topic }) => topic === VERDICTS_TOPIC)
    expect(verdicts.map(({ message }) => String(message.value))).toEqual(values)
    expect(records.find(({ topic }) => topic === DECISIONS_TOPIC)?.message.value?.toString()).toBe(
      '{"decision":"allow"}',
    )
  })

  test('a key goes where every default partitioner sends it', async () => {
    const key = `100:${randomUUID()}`
    const plain = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
    await plain.connect()
    await plain.send({ topic: VERDICTS_TOPIC, messages: [{ key, value: 'plain' }] })
    await plain.disconnect()

    await log.verdicts([{ key, value: 'ours' }])

    const partitions = (await read(key, 2)).map(({ partition }) => partition)
    expect(new Set(partitions).size).toBe(1)
  })

  test('a dead letter has the original bytes and key, and headers in UTF-8', async () => {
    const value = Buffer.from([0x7b, 0xff, 0x00, 0xfe])
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const letter = letterOf({ value, traceparent })

    await log.deadLetters([letter])

    const [record] = await read(String(letter.key))
    expect(record?.message.value?.equals(value)).toBe(true)
    expect(headersOf(record?.message)).toEqual({
      reason: 'schema',
      topic: 'chat.messages',
      partition: '3',
      offset: '4294967297',
      detail: 'text: 잘못된 값',
      traceparent,
    })
  })

  test('null keys and null values stay null', async () => {
    const keyed = letterOf({ value: null })
    const keyless = letterOf({ key: null, detail: randomUUID() })

    await log.deadLetters([keyed, keyless])

    expect((await read(String(keyed.key)))[0]?.message.value).toBeNull()
    await until(() => found.some(({ message }) => String(message.headers?.detail) === keyless.detail))
    const record = found.find(({ message }) => String(message.headers?.detail) === keyless.detail)
    expect(record?.message.key).toBeNull()
  })

  test('letters of 1,000,000 bytes pass whole, compressible or not', async () => {
    const letters = [Buffer.alloc(1_000_000, '가'), randomBytes(1_000_000)].map((value) =>
      letterOf({ value }),
    )

    await log.deadLetters(letters)

    for (const { key, value } of letters) {
      const [record] = await read(String(key))
      expect(record?.message.value?.equals(value ?? Buffer.alloc(0))).toBe(true)
      expect(headersOf(record?.message)).not.toHaveProperty('truncated')
    }
  })

  test('a letter that the broker refuses is cut and says how long it was; its neighbours are whole', async () => {
    const setLimit = (bytes: number) =>
      withAdmin(kafka, (admin) =>
        admin.alterConfigs({
          validateOnly: false,
          resources: [
            {
              type: kafkajs.ConfigResourceTypes.TOPIC,
              name: DEAD_LETTERS_TOPIC,
              configEntries: [{ name: 'max.message.bytes', value: String(bytes) }],
            },
          ],
        }),
      )
    const value = randomBytes(900_000)
    const [large, small] = [letterOf({ value }), letterOf({})]
    await setLimit(600_000)
    try {
      await until(async () => {
        await log.deadLetters([small, large])
        const records = await read(String(large.key))
        return records.some(({ message }) => headersOf(message).truncated === '900000')
      })
    } finally {
      await setLimit(2 * 1024 * 1024)
    }

    const cut = (await read(String(large.key))).find(
      ({ message }) => headersOf(message).truncated === '900000',
    )
    expect(cut?.message.value?.equals(value.subarray(0, 512 * 1024))).toBe(true)
    const [whole] = await read(String(small.key))
    expect(whole?.message.value?.toString()).toBe('{}')
  })

  test('a broker that is away is told, and the next call tries again', async () => {
    const lost = new KafkaRecordLog(connect(silent, ['127.0.0.1:1']))

    for (const attempt of [1, 2])
      await expect(lost.verdicts([{ key: 'a', value: String(attempt) }])).rejects.toMatchObject({
        code: 'HAECHI_UNAVAILABLE',
        message: expect.stringContaining('moderation.verdicts'),
      })
    await lost.close()
  })
})
