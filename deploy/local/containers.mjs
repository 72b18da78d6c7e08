import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { answers, freePorts, whyMissing } from './processes.mjs'

/** Is there a Docker engine that answers? */
export const hasDocker = () => whyMissing('docker', ['info']) === undefined

const images = { kafka: 'apache/kafka:3.9.1', redis: 'valkey/valkey:8.1.1-bookworm' }

const redisOptions = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']

const kafkaEnvironment = (port) => ({
  KAFKA_NODE_ID: '1',
  KAFKA_PROCESS_ROLES: 'broker,controller',
  KAFKA_LISTENERS: `PLAINTEXT://:${port},CONTROLLER://:19093`,
  KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
  KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:19093',
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
  KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
  KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
})

/** Runs an image with one published port; answers once `isReady(port)` does. */
async function startContainer({ image, port, inside, environment, command, isReady }) {
  const name = `haechi-${randomBytes(4).toString('hex')}`
  const variables = Object.entries(environment).flatMap(([key, value]) => ['-e', `${key}=${value}`])
  console.log(`haechi: starting ${image} in Docker (fetched the first time)`)
  const args = ['run', '-d', '--rm', '--name', name, '-p', `127.0.0.1:${port}:${inside}`, ...variables]
  const run = spawnSync('docker', [...args, image, ...command], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`Docker cannot run ${image}: ${run.stderr}`)
  const stop = () => spawnSync('docker', ['rm', '-f', name], { stdio: 'ignore' })
  process.on('exit', stop)
  for (let attempt = 0; !(await isReady(name, port)); attempt++) {
    if (attempt === 120) throw new Error(`${image} was not ready within a minute`)
    await delay(500)
  }
  return async () => {
    process.off('exit', stop)
    stop()
  }
}

/** Starts Kafka in Docker; gives `{address, how, stop}`. */
export async function startKafkaContainer() {
  const [port] = await freePorts(1)
  // Docker's proxy opens the published port at once, so the broker itself is asked.
  const probe = ['/opt/kafka/bin/kafka-broker-api-versions.sh', '--bootstrap-server', `127.0.0.1:${port}`]
  const isReady = (name) => spawnSync('docker', ['exec', name, ...probe], { stdio: 'ignore' }).status === 0
  const environment = kafkaEnvironment(port)
  const stop = await startContainer({
    image: images.kafka,
    port,
    inside: port,
    environment,
    command: [],
    isReady,
  })
  return { address: `127.0.0.1:${port}`, how: images.kafka, stop }
}

/** Starts Valkey in Docker; gives `{address, how, stop}`. */
export async function startRedisContainer() {
  const [port] = await freePorts(1)
  const command = ['valkey-server', ...redisOptions]
  const isReady = (_name, published) => answers(published, 'PING\r\n', '+PONG')
  const stop = await startContainer({
    image: images.redis,
    port,
    inside: 6379,
    environment: {},
    command,
    isReady,
  })
  return { address: `redis://127.0.0.1:${port}`, how: images.redis, stop }
}
