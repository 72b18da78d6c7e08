import { expect, test } from 'vitest'
import { createKafka, kafkaUnavailable } from '../../src/sources/kafka-client.js'

interface Line {
  readonly level: string
  readonly fields: Record<string, unknown>
  readonly message: string
}

const lines: Line[] = []
const at = (level: string) => (fields: Record<string, unknown>, message: string) =>
  void lines.push({ level, fields, message })
const kafka = createKafka(
  { brokers: ['127.0.0.1:1'], clientId: 'test' },
  { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
)

test("kafkajs's complaints are warnings, once in ten seconds, and its news is for debugging", () => {
  kafka.logger().info('joined', { groupId: 'g' })
  kafka.logger().error('broker away', { retryCount: 1, stack: 'at x.js' })
  kafka.logger().error('broker away', { retryCount: 2 })
  kafka.logger().warn('another')

  expect(lines).toEqual([
    { level: 'debug', fields: { groupId: 'g' }, message: 'kafka: joined' },
    { level: 'warn', fields: { retryCount: 1 }, message: 'kafka: broker away' },
    { level: 'debug', fields: { retryCount: 2 }, message: 'kafka: broker away' },
    { level: 'warn', fields: {}, message: 'kafka: another' },
  ])
})

test('an error that stands for several tells each', () => {
  const cause = Object.assign(new Error('Topic errors'), { errors: [new Error('no quorum'), 'odd'] })

  const error = kafkaUnavailable('create the topics', cause)

  expect(error.code).toBe('HAECHI_UNAVAILABLE')
  expect(error.message).toBe('cannot create the topics: no quorum; odd; check KAFKA_BROKERS and the broker')
  expect(error.cause).toBe(cause)
})
