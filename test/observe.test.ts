import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createMicroBatch } from '../src/micro-batch.js'
import { createTotals, observeBatches, observeOutcome } from '../src/observe.js'
import { DEFAULT_CHANNEL_SETTINGS } from '../src/policy/channel-settings.js'
import { createChannels } from '../src/policy/channels.js'
import { createMetrics } from '../src/telemetry/metrics.js'
import { createUserWindows } from '../src/user-windows.js'
import { openSqlite } from '../src/users/sqlite.js'
import { SqliteUserStore } from '../src/users/sqlite-user-store.js'
import { createWordJudge } from './fixtures/word-judge.js'

const NOW = Date.parse('2026-05-01T12:00:00Z')

const envelope = (id: string, user: string, text: string, roles: readonly string[] = []): string =>
  JSON.stringify({
    id,
    source: 'twitch',
    channel: { id: 'c' },
    author: { id: user, roles },
    text,
    sentAt: '2026-05-01T11:59:59Z',
  })

/** Judges the values as one partition's records, each 0.2 s old; gives the metrics as Prometheus reads them. */
const observed = async (values: readonly string[]) => {
  const registry = new Registry()
  const metrics = createMetrics(registry)
  const totals = createTotals()
  const channels = createChannels(DEFAULT_CHANNEL_SETTINGS, {})
  const store = new SqliteUserStore(openSqlite(':memory:'), { halfLifeMs: 3_600_000 }, () => NOW)
  const process = createMicroBatch({
    windows: createUserWindows(createWordJudge('나빠'), (users) => store.fragments(users)),
    channels,
    store,
    deadLetters: async () => {},
    relay: () => {},
    publishClean: false,
    now: () => NOW,
    onUnavailable: () => {},
    onDecoded: () => {},
    onOutcome: observeOutcome(metrics, totals, channels, () => NOW),
  })
  const records = values.map((value, offset) => ({
    topic: 't',
    partition: 0,
    offset,
    key: null,
    value: Buffer.from(value),
    timestampMs: NOW - 200,
  }))
  await process('t/0', -1, records, new AbortController().signal)
  return { totals, lines: (await registry.metrics()).split('\n') }
}

test('each record has one outcome, and a flag its strike and its case', async () => {
  const { totals, lines } = await observed([
    envelope('1', 'calm', '안녕하세요'),
    envelope('2', 'loud', '나빠'),
    envelope('3', 'loud', '나빠 나빠'),
    envelope('3', 'loud', '나빠 나빠'),
    envelope('4', 'mod', '나빠', ['moderator']),
    '{"id":',
  ])

  for (const line of [
    'haechi_messages_processed_total{outcome="verdict"} 4',
    'haechi_messages_processed_total{outcome="duplicate"} 1',
    'haechi_messages_processed_total{outcome="dead_letter"} 1',
    'haechi_dead_letters_total{reason="decode"} 1',
    'haechi_verdicts_total{verdict="clean",category="none"} 1',
    'haechi_verdicts_total{verdict="flag",category="profanity"} 3',
    'haechi_strikes_total{level="warn"} 2',
    'haechi_escalations_total{level="warn"} 1',
  ])
    expect(lines).toContain(line)
  expect(totals).toMatchObject({ flagged: 3, mild: 0, deadLetters: 1 })
})

test('the latency is from the time of the record, in seconds', async () => {
  const { lines } = await observed([envelope('1', 'calm', '안녕하세요')])

  expect(lines).toContain('haechi_message_latency_seconds_sum{path="model"} 0.2')
  expect(lines).toContain('haechi_message_latency_seconds_bucket{le="0.15",path="model"} 0')
})

test('a batch counts its rows, its tokens and what was padding', async () => {
  const registry = new Registry()
  const hooks = observeBatches(createMetrics(registry), 'first')

  hooks.onWait?.(0.002)
  hooks.onBatch?.({ rows: 3, realTokens: 20, paddingTokens: 4, seconds: 0.01 })
  hooks.onError?.('row')

  const lines = (await registry.metrics()).split('\n')
  for (const line of [
    'haechi_inference_batch_messages_sum 3',
    'haechi_inference_batch_tokens_sum 24',
    'haechi_inference_tokens_total{kind="real"} 20',
    'haechi_inference_tokens_total{kind="padding"} 4',
    'haechi_inference_errors_total{reason="row"} 1',
    'haechi_stage_duration_seconds_sum{stage="infer"} 0.01',
  ])
    expect(lines).toContain(line)
})
