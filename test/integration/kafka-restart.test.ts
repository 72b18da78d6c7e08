import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { type LocalKafka, startKafka, whyNoKafka } from '../../deploy/local/kafka.mjs'
import type { KafkaSource } from '../../src/sources/kafka-source.js'
import {
  brokers,
  CollectingSink,
  closeSources,
  connect,
  createTopic,
  openSource,
  produce,
  silent,
  uniqueName,
  until,
} from './kafka-helpers.js'

const DOWN_MS = 8_000

describe.skipIf(brokers === undefined || whyNoKafka() !== undefined)(
  'a broker that is killed and comes back',
  () => {
    let folder = ''
    let kafka: LocalKafka | undefined
    afterEach(async () => {
      await closeSources()
      await kafka?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    const start = async (): Promise<LocalKafka> => {
      kafka = await startKafka({ folder })
      return kafka
    }

    test('is found again by every member within seconds, and nothing is lost', async () => {
      folder = mkdtempSync(join(tmpdir(), 'haechi-kafka-restart-'))
      const server = await start()
      const client = () => connect(silent, [server.brokers])
      const topic = await createTopic(client(), uniqueName('restart'), 4)
      const [groupId, restarts] = [uniqueName('group'), new Set<KafkaSource>()]
      const members = Array.from({ length: 2 }, () => {
        const source: KafkaSource = openSource({
          kafka: client(),
          topics: [topic],
          groupId,
          onRestart: () => restarts.add(source),
        })
        return { source, sink: new CollectingSink() }
      })
      for (const { source, sink } of members) await source.start(sink)
      const seen = () => new Set(members.flatMap(({ sink }) => sink.values)).size
      const send = (from: number, to: number) =>
        produce(
          client(),
          Array.from({ length: to - from }, (_, i) => ({ topic, partition: i % 4, value: String(from + i) })),
        )
      await send(0, 20)
      await until(() => seen() === 20)

      await server.kill()
      await sleep(DOWN_MS)
      expect(restarts.size).toBe(2)
      await start()
      const upMs = Date.now()
      await until(() => members.every(({ source }) => source.isJoined))
      const joinedAfterMs = Date.now() - upMs
      await send(20, 40)
      await until(() => seen() === 40)

      expect(joinedAfterMs).toBeLessThan(5_000)
    })
  },
)
