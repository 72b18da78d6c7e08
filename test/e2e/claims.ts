import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import type { Kafka } from 'kafkajs'
import type { Case } from '../../src/domain/case.js'
import type { Verdict } from '../../src/domain/verdict.js'
import { DEAD_LETTERS_TOPIC, VERDICTS_TOPIC } from '../../src/sources/kafka-topics.js'
import type { StreamRecord } from '../fixtures/stream-generator.js'
import { malformedReason } from '../fixtures/stream-generator-malformed.js'
import { type Checks, differences, isEmpty, summary } from './checks.js'
import { deduplicate, headerOf, sameCase, sameVerdict } from './compare.js'
import { type Expected, placeOf } from './oracle.js'
import type { LocalPrometheus } from './prometheus.js'
import { readTopic } from './topics.js'

/** Floors for the generator's own labels; the figures are printed beside them. */
const MIN_RECALL = 0.6
const MAX_FALSE_USERS = 0.05

const parseVerdict = (value: Buffer | null): Verdict => JSON.parse(String(value)) as Verdict

/** Topic records are at least once: the same key may repeat, with the same bytes. */
export const checkTopics = async (kafka: Kafka, expected: Expected, checks: Checks): Promise<void> => {
  const verdicts = deduplicate(
    await readTopic(kafka, VERDICTS_TOPIC),
    ({ message }) => parseVerdict(message.value).messageId,
  )
  const actual = new Map([...verdicts.first].map(([id, { message }]) => [id, parseVerdict(message.value)]))
  const found = differences(actual, expected.verdicts, sameVerdict)
  checks.claim(
    `${expected.verdicts.size} verdicts equal those of the offline run`,
    isEmpty(found),
    summary(found),
  )
  checks.claim(`${verdicts.repeats} repeated verdicts are the same bytes`, verdicts.changed.length === 0)

  const letters = deduplicate(await readTopic(kafka, DEAD_LETTERS_TOPIC), (record) =>
    placeOf({
      topic: headerOf(record, 'topic'),
      partition: headerOf(record, 'partition'),
      offset: headerOf(record, 'offset'),
    }),
  )
  const dead = differences(
    letters.first,
    expected.deadLetters,
    (kept, letter) =>
      headerOf(kept, 'reason') === letter.reason &&
      (kept.message.value ?? Buffer.alloc(0)).equals(letter.value ?? Buffer.alloc(0)),
  )
  checks.claim(
    `${expected.deadLetters.size} dead letters have the right reason and the original bytes`,
    isEmpty(dead),
    summary(dead),
  )
  checks.claim(`${letters.repeats} repeated dead letters are the same bytes`, letters.changed.length === 0)
}

const userOf = ({ channel, user }: Case): string => `${channel.id}:${user.id}`
const byUser = (cases: readonly Case[]): ReadonlyMap<string, Case> =>
  new Map(cases.map((c) => [userOf(c), c]))

/** The feed, a plain BullMQ queue and a real Prometheus must see what the offline run made. */
export const checkCases = async (
  pageUrl: string,
  redisUrl: string,
  prometheus: LocalPrometheus,
  expected: Expected,
  checks: Checks,
): Promise<void> => {
  const response = await fetch(`${pageUrl}/api/cases?state=open&limit=1000000`)
  const { cases } = (await response.json()) as { cases: Case[] }
  const found = differences(byUser(cases), byUser(expected.cases), sameCase)
  checks.claim(
    `${expected.cases.length} cases with strikes and lines equal those of the offline run`,
    isEmpty(found),
    summary(found),
  )
  checks.claim('no user has two open cases', byUser(cases).size === cases.length)

  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
  const queue = new Queue('moderation', { prefix: 'haechi', connection })
  const waiting = await queue.getWaitingCount()
  await queue.close()
  connection.disconnect()
  checks.claim(
    'a plain BullMQ queue has one waiting job for each case',
    waiting === expected.cases.length,
    String(waiting),
  )

  const seen = await prometheus.query('max(haechi_review_jobs{state="waiting"})')
  checks.claim('Prometheus sees the same number of jobs', seen[0] === expected.cases.length, String(seen[0]))
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`

/** The generator knows who meant to abuse: it is the second oracle. */
export const checkLabels = (stream: readonly StreamRecord[], expected: Expected, checks: Checks): void => {
  const flagged = new Set(
    [...expected.verdicts.values()].filter((v) => v.verdict === 'flag').map((v) => v.messageId),
  )
  const labelled = stream.filter((record) => record.label !== undefined)
  const idOf = (record: StreamRecord): string =>
    String((JSON.parse(String(record.value)) as { id: unknown }).id)
  const abusive = labelled.filter((record) => record.label?.abusive === true)
  const recall = ratio(abusive.filter((record) => flagged.has(idOf(record))).length, abusive.length)
  checks.claim(
    `recall of abusive lines is at least ${percent(MIN_RECALL)}`,
    recall >= MIN_RECALL,
    percent(recall),
  )

  const guilty = new Set(abusive.map((record) => record.key))
  const innocent = new Set(labelled.map((record) => record.key).filter((key) => !guilty.has(key)))
  const accused = expected.cases.map(userOf).filter((key) => innocent.has(key))
  const share = ratio(accused.length, innocent.size)
  checks.claim(
    `at most ${percent(MAX_FALSE_USERS)} of innocent users have a case`,
    share <= MAX_FALSE_USERS,
    percent(share),
  )

  const malformed = stream.filter((record) => record.malformedKind !== undefined)
  const reasons = (list: readonly string[]): string => JSON.stringify([...list].sort())
  const wanted = malformed.map(({ malformedKind }) =>
    malformedKind === undefined ? '' : malformedReason(malformedKind),
  )
  const given = [...expected.deadLetters.values()].map(({ reason }) => reason)
  checks.claim(
    `all ${malformed.length} malformed records became dead letters`,
    reasons(wanted) === reasons(given),
  )
}
