import { accessSync, constants, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { DEFAULT_METRICS_PORT, DEFAULT_PORT } from './app-http.js'
import { openJudging } from './app-judging.js'
import { probeModel, probeText } from './app-model-probe.js'
import { createClosers } from './closers.js'
import { maskUrl } from './config.js'
import type { Config } from './config-schema.js'
import { reasonOf } from './errors.js'
import { createKafka } from './sources/kafka-client.js'
import { ALL_TOPICS } from './sources/kafka-topics.js'
import { createLogger } from './telemetry/logger.js'
import { closeRedis, openRedis } from './users/redis.js'

/** One finding; `advice` says what to do about a warning or failure. */
export interface Finding {
  readonly name: string
  readonly status: 'ok' | 'warning' | 'failure' | 'skipped'
  readonly detail: string
  readonly advice?: string
}

type Check = (config: Config) => Promise<Finding>

const silent = createLogger('silent', 'doctor')

const checkNode: Check = async () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isSupported = major > 20 || (major === 20 && minor >= 19)
  const detail = `Node.js ${process.versions.node}`
  return isSupported
    ? { name: 'node', status: 'ok', detail }
    : { name: 'node', status: 'failure', detail, advice: 'install Node.js 20.19 or newer' }
}

const checkModel: Check = async (config) => {
  const closers = createClosers()
  try {
    const judging = await openJudging(config, closers, silent)
    const answered = probeText(await probeModel(judging))
    return { name: 'model', status: 'ok', detail: `${judging.versions.model}, ${answered}` }
  } catch (error) {
    return {
      name: 'model',
      status: 'failure',
      detail: reasonOf(error),
      advice:
        'see `haechi model list`; without HAECHI_MODEL the promoted model is used, else the one that ships; ' +
        'HAECHI_SECOND_MODEL=none leaves out a second one',
    }
  } finally {
    await closers.closeAll()
  }
}

const checkKafka: Check = async ({ kafka: { brokers } }) => {
  const name = 'kafka'
  if (brokers === undefined)
    return {
      name,
      status: 'skipped',
      detail: 'KAFKA_BROKERS is not set: only `haechi up` and `haechi score` work',
    }
  const admin = createKafka({ brokers, clientId: 'haechi-doctor' }, silent).admin()
  try {
    await admin.connect()
    const topics = await admin.listTopics()
    const missing = ALL_TOPICS.filter((topic) => !topics.includes(topic))
    return missing.length === 0
      ? { name, status: 'ok', detail: `${brokers.join(', ')}; all ${ALL_TOPICS.length} topics exist` }
      : {
          name,
          status: 'warning',
          detail: `no topic ${missing.join(', ')}`,
          advice: 'none needed: the first worker creates them',
        }
  } catch (error) {
    return {
      name,
      status: 'failure',
      detail: `${brokers.join(', ')}: ${reasonOf(error)}`,
      advice: 'start the broker, or correct KAFKA_BROKERS (host:port)',
    }
  } finally {
    await admin.disconnect().catch(() => {})
  }
}

const redisAdvice = (info: string): string[] => {
  const fields = new Map(info.split('\r\n').map((line) => [line.split(':')[0], line.split(':')[1]]))
  return [
    ...(Number.parseInt(fields.get('redis_version') ?? '0', 10) < 7 ? ['update to Redis 7 or Valkey'] : []),
    ...(fields.get('maxmemory_policy') === 'noeviction'
      ? []
      : ['set maxmemory-policy noeviction, else strikes and cases may vanish']),
    ...(fields.get('aof_enabled') === '1'
      ? []
      : ['set appendonly yes, else a crash of Redis forgets the newest cases']),
  ]
}

const checkRedis: Check = async ({ redis: { url } }) => {
  const name = 'redis'
  if (url === undefined)
    return {
      name,
      status: 'skipped',
      detail: 'REDIS_URL is not set: only `haechi up` and `haechi score` work',
    }
  try {
    const redis = await openRedis(url, { name: 'haechi-doctor' })
    const advice = redisAdvice(await redis.info())
    await closeRedis(redis)
    const detail = maskUrl(url)
    return advice.length === 0
      ? { name, status: 'ok', detail }
      : { name, status: 'warning', detail, advice: advice.join('; ') }
  } catch (error) {
    return { name, status: 'failure', detail: reasonOf(error), advice: 'start Redis, or correct REDIS_URL' }
  }
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, host, () => server.close(() => done(true)))
  })

const checkPort =
  (which: 'port' | 'metricsPort', variable: string, fallback: number): Check =>
  async ({ http }) => {
    const port = http[which] ?? fallback
    const name = which === 'port' ? 'page port' : 'metrics port'
    if (await isFree(http.host, port)) return { name, status: 'ok', detail: `${http.host}:${port} is free` }
    const detail = `${http.host}:${port} is in use`
    return http[which] === undefined
      ? {
          name,
          status: 'warning',
          detail,
          advice: `none needed: a free port is taken instead; set ${variable} to choose one`,
        }
      : { name, status: 'failure', detail, advice: `stop what uses it, or set ${variable} to another port` }
  }

const checkData: Check = async ({ data }) => {
  const folder = resolve(data)
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return { name: 'data folder', status: 'ok', detail: folder }
  } catch (error) {
    return {
      name: 'data folder',
      status: 'failure',
      detail: reasonOf(error),
      advice: 'set HAECHI_DATA to a folder that can be written',
    }
  }
}

const CHECKS: readonly Check[] = [
  checkNode,
  checkModel,
  checkKafka,
  checkRedis,
  checkPort('port', 'HAECHI_PORT', DEFAULT_PORT),
  checkPort('metricsPort', 'HAECHI_METRICS_PORT', DEFAULT_METRICS_PORT),
  checkData,
]

/** Looks at everything a process would need, in the order in which it would need it. */
export async function* diagnose(config: Config): AsyncGenerator<Finding> {
  for (const check of CHECKS) yield await check(config)
}
