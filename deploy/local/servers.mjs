import { pathToFileURL } from 'node:url'
import { hasDocker, startKafkaContainer, startRedisContainer } from './containers.mjs'
import { startKafka, whyNoKafka } from './kafka.mjs'
import { startRedis, whyNoRedis } from './redis.mjs'
import { onSignal } from './signals.mjs'

async function startLocalKafka() {
  const kafka = await startKafka()
  return { address: kafka.brokers, how: 'Apache Kafka on this machine (Java)', stop: kafka.stop }
}

async function startLocalRedis() {
  const redis = await startRedis()
  return { address: redis.url, how: 'redis-server on this machine', stop: redis.stop }
}

const kinds = [
  {
    name: 'Kafka',
    variable: 'KAFKA_BROKERS',
    startContainer: startKafkaContainer,
    startLocal: startLocalKafka,
    whyNoLocal: whyNoKafka,
  },
  {
    name: 'Redis',
    variable: 'REDIS_URL',
    startContainer: startRedisContainer,
    startLocal: startLocalRedis,
    whyNoLocal: whyNoRedis,
  },
]

const ways = (kind, useDocker) => [
  ...(useDocker ? [kind.startContainer] : []),
  async () => {
    const why = kind.whyNoLocal()
    if (why !== undefined) throw new Error(why)
    return kind.startLocal()
  },
]

/** The server the environment names, else one started by Docker, else a local one, else the reasons why there is none. */
async function obtain(kind, useDocker) {
  const given = process.env[kind.variable]
  if (given) return { ...kind, address: given, how: 'from the environment', stop: async () => {} }
  const problems = []
  for (const start of ways(kind, useDocker)) {
    try {
      return { ...kind, ...(await start()) }
    } catch (error) {
      problems.push(error.message)
    }
  }
  return { ...kind, problem: problems.join('; ') }
}

/**
 * Gets a Kafka and a Redis (environment, Docker, this machine, in that order) and prints which.
 * `environment` holds the variables of those that were had; `missing` one line for each that was not.
 */
export async function startServers() {
  const wanted = kinds.some((kind) => !process.env[kind.variable])
  const useDocker = wanted && hasDocker()
  const servers = await Promise.all(kinds.map((kind) => obtain(kind, useDocker)))
  const had = servers.filter((server) => server.problem === undefined)
  for (const { name, address, how } of had) console.log(`haechi: ${name} ${address} (${how})`)
  return {
    environment: Object.fromEntries(had.map(({ variable, address }) => [variable, address])),
    missing: servers.filter((server) => server.problem).map(({ name, problem }) => `${name}: ${problem}`),
    stop: async () => {
      await Promise.all(had.map((server) => server.stop()))
    },
  }
}

async function runInForeground() {
  const starting = startServers()
  onSignal(async () => {
    await (await starting).stop()
    process.exit(0)
  })
  const servers = await starting
  for (const line of servers.missing) console.error(`haechi: no ${line}`)
  for (const [key, value] of Object.entries(servers.environment)) console.log(`export ${key}=${value}`)
  if (servers.missing.length > 0) {
    await servers.stop()
    process.exit(69)
  }
  console.log('haechi: Ctrl-C stops them')
  setInterval(() => {}, 60_000)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runInForeground()
