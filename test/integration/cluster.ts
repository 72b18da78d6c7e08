import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs, { type Kafka, type Producer } from 'kafkajs'
import { z } from 'zod'
import { type HaechiProcess, startHaechi } from '../e2e/haechi-process.js'
import { type ServerPair, startOwnServers, whyNoOwnServers } from '../fixtures/own-servers.js'
import { until } from './kafka-helpers.js'

const OUTPUT_TOPICS = ['moderation.verdicts', 'moderation.decisions', 'moderation.dead-letters']

export const ABUSE = '야 이 시발 병신 새끼야 꺼져'
export const SMALL_TALK = '오늘은 점심으로 김치찌개를 먹었는데 정말 맛있었습니다. '

/** A record of an output topic; header values as text. */
export interface Read {
  readonly topic: string
  readonly key: string | undefined
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, string>>
}

const verdictOf = z.looseObject({
  messageId: z.string(),
  channelId: z.string(),
  userId: z.string(),
  verdict: z.string(),
  spans: z.array(z.object({ start: z.number(), end: z.number() })),
  decidedAt: z.string(),
})
/** A published verdict with its record's key. */
export type ReadVerdict = z.infer<typeof verdictOf> & {
  readonly key: string | undefined
  readonly raw: unknown
}

const caseOf = z.looseObject({
  id: z.string(),
  state: z.string(),
  user: z.object({ id: z.string(), name: z.string() }),
})
export type ReadCase = z.infer<typeof caseOf>

/** Whether tests on servers of their own may be left out here; says so when they are. */
export const mayNotRun = (what: string): boolean => {
  const why = whyNoOwnServers()
  if (why !== undefined) console.error(`NOT RUN: ${what}, which needs a Kafka and a Redis of its own: ${why}`)
  return why !== undefined && process.env.HAECHI_REQUIRE_SERVERS !== '1'
}

/** Cases as the API gives them. */
export const fetchCases = async (pageUrl: string, state: string): Promise<readonly ReadCase[]> => {
  const answer: unknown = await (await fetch(`${pageUrl}/api/cases?state=${state}&limit=100000`)).json()
  return z.object({ cases: z.array(caseOf), total: z.number() }).parse(answer).cases
}

/** Waits for the user's case in that state. */
export const untilCase = async (pageUrl: string, state: string, user: string): Promise<ReadCase> => {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
    const found = (await fetchCases(pageUrl, state)).find((one) => one.user.id === user)
    if (found !== undefined) return found
  }
  throw new Error(`no ${state} case of ${user}`)
}

/** A record in the envelope with the required fields only. */
export const envelope = (id: string, user: string, text: string, fields: object = {}) => ({
  key: `c1:${user}`,
  value: JSON.stringify({
    id,
    source: 'example',
    channel: { id: 'c1' },
    author: { id: user },
    text,
    sentAt: new Date().toISOString(),
    ...fields,
  }),
})

/** Haechi on a Kafka and a Redis of its own, seen through kafkajs as anybody has it. */
export class Cluster {
  readonly read: Read[] = []
  readonly workers: HaechiProcess[] = []
  readonly #feeds: HaechiProcess[] = []
  readonly #consumer

  private constructor(
    readonly servers: ServerPair,
    readonly kafka: Kafka,
    readonly producer: Producer,
  ) {
    // A short session: after a broker's restart the group waits for it to end before it goes on.
    this.#consumer = kafka.consumer({ groupId: 'somebody-else', maxWaitTimeInMs: 50, sessionTimeout: 5_000 })
  }

  /** On servers of its own, or on those it is given, which it then stops as its own. */
  static async start(
    { workers, feeds }: { readonly workers: number; readonly feeds: number },
    given?: ServerPair,
  ): Promise<Cluster> {
    const servers = given ?? (await startOwnServers())
    const kafka = new kafkajs.Kafka({
      brokers: [servers.env.KAFKA_BROKERS],
      logLevel: kafkajs.logLevel.NOTHING,
    })
    const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
    const cluster = new Cluster(servers, kafka, producer)
    await Promise.all(Array.from({ length: workers }, () => cluster.startWorker()))
    for (let count = 0; count < feeds; count += 1)
      cluster.#feeds.push(await startHaechi('feed', ['feed'], servers.env))
    await producer.connect()
    await cluster.#readOutput()
    return cluster
  }

  get feed(): HaechiProcess {
    const [feed] = this.#feeds
    if (feed === undefined) throw new Error('this cluster has no feed')
    return feed
  }

  get pageUrl(): string {
    return this.feed.pageUrl ?? ''
  }

  async startWorker(...args: readonly string[]): Promise<void> {
    this.workers.push(await startHaechi('worker', ['worker', ...args], this.servers.env))
  }

  produce(topic: string, messages: { key: string; value: string | Buffer | null }[], gzip = false) {
    const { GZIP, None } = kafkajs.CompressionTypes
    return this.producer.send({ topic, messages, compression: gzip ? GZIP : None })
  }

  verdicts(): readonly ReadVerdict[] {
    return this.read
      .filter(({ topic }) => topic === 'moderation.verdicts')
      .map(({ key, value }) => {
        const raw: unknown = JSON.parse(String(value))
        return { ...verdictOf.parse(raw), key, raw }
      })
  }

  /** Waits until there is at least one verdict for each of the messages; gives the first of each. */
  async verdictsOf(...ids: readonly string[]): Promise<readonly ReadVerdict[]> {
    const firsts = () => {
      const all = new Map(
        this.verdicts()
          .toReversed()
          .map((verdict) => [verdict.messageId, verdict]),
      )
      return ids.flatMap((id) => all.get(id) ?? [])
    }
    await until(() => firsts().length === ids.length, 30_000)
    return firsts()
  }

  async stop(): Promise<void> {
    await Promise.all([...this.workers, ...this.#feeds].map((one) => one.stop()))
    await Promise.all([this.producer.disconnect(), this.#consumer.disconnect()])
    await this.servers.stop()
  }

  async #readOutput(): Promise<void> {
    await this.#consumer.connect()
    await this.#consumer.subscribe({ topics: OUTPUT_TOPICS, fromBeginning: true })
    await this.#consumer.run({
      eachMessage: async ({ topic, message: { key, value, headers = {} } }) => {
        const texts = Object.entries(headers).map(([name, header]) => [name, String(header)] as const)
        this.read.push({ topic, key: key?.toString(), value, headers: Object.fromEntries(texts) })
      },
    })
  }
}
