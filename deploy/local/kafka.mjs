import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answers, freePorts, startProcess, waitUntilReady, whyMissing } from './processes.mjs'

const pom = fileURLToPath(new URL('pom.xml', import.meta.url))
const version = /<kafka.version>(.+)<\/kafka.version>/.exec(readFileSync(pom, 'utf8'))[1]
const jars = join(homedir(), '.cache', 'haechi', `kafka-${version}`)
const small = ['-Xms128m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']

/** Why a local Kafka cannot be started here, or undefined when it can. */
export function whyNoKafka() {
  return whyMissing('java', ['-version']) ?? (existsSync(jars) ? undefined : whyMissing('mvn', ['--version']))
}

/** Fetches the broker's jars by Maven into ~/.cache/haechi, once. */
function resolveJars() {
  if (existsSync(jars)) return
  console.log(`fetching Apache Kafka ${version} by Maven (55 MB, once, into ${jars})`)
  const partial = `${jars}.${process.pid}`
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${partial}`]
  const maven = spawnSync('mvn', ['-q', '-B', '-f', pom, ...goal], { encoding: 'utf8' })
  if (maven.status !== 0)
    throw new Error(`Maven could not fetch Apache Kafka:\n${maven.stdout}${maven.stderr}`)
  // Another process may have been quicker; its copy is as good.
  if (existsSync(jars)) rmSync(partial, { recursive: true })
  else renameSync(partial, jars)
}

// After a crash the controller admits the broker again only when its old session is over: 3 s, not the usual 9.
const serverProperties = (port, controllerPort, folder) => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${join(folder, 'data')}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
auto.create.topics.enable=false
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
`

const log4jProperties = `
log4j.rootLogger=WARN, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%d %p %m (%c)%n
`

function format(configFile) {
  // A cluster id that starts with a dash would read as an option.
  const clusterId = `K${randomBytes(16).toString('base64url').slice(1, 22)}`
  const args = ['-cp', join(jars, '*'), ...small, 'kafka.tools.StorageTool', 'format', '-t', clusterId]
  const tool = spawnSync('java', [...args, '-c', configFile], { encoding: 'utf8' })
  if (tool.status !== 0) throw new Error(`cannot format Kafka's folder:\n${tool.stdout}${tool.stderr}`)
}

/** The ports of a broker that ran in this folder before, so that a restart keeps them. */
function earlierPorts(configFile) {
  if (!existsSync(configFile)) return []
  const listeners = /^listeners=.*:(\d+),.*:(\d+)$/m.exec(readFileSync(configFile, 'utf8'))
  return listeners === null ? [] : listeners.slice(1).map(Number)
}

/**
 * Starts a real one-node Apache Kafka (KRaft, no automatic topics) on 127.0.0.1 and waits until its port is open.
 * The same `folder` again, after `kill()`, gives the same ports and the data back, without formatting.
 * Without `folder` a temporary one is used and removed by `stop()`. Needs Java 17; Maven the first time.
 */
export async function startKafka({ port, folder } = {}) {
  resolveJars()
  const home = folder ?? mkdtempSync(join(tmpdir(), 'haechi-kafka-'))
  mkdirSync(home, { recursive: true })
  const configFile = join(home, 'server.properties')
  const earlier = earlierPorts(configFile)
  const free = await freePorts(2)
  const listen = port ?? earlier[0] ?? free[0]
  writeFileSync(configFile, serverProperties(listen, earlier[1] ?? free[1], home))
  writeFileSync(join(home, 'log4j.properties'), log4jProperties)
  if (!existsSync(join(home, 'data', 'meta.properties'))) format(configFile)
  const log4j = `-Dlog4j.configuration=file:${join(home, 'log4j.properties')}`
  const args = ['-cp', join(jars, '*'), ...small, log4j, 'kafka.Kafka', configFile]
  const server = startProcess({ name: 'kafka', command: 'java', args, folder: home })
  await waitUntilReady(server, () => answers(listen))
  return {
    brokers: `127.0.0.1:${listen}`,
    port: listen,
    folder: home,
    pid: server.pid,
    kill: server.kill,
    async stop() {
      await server.stop()
      if (folder === undefined) rmSync(home, { recursive: true, force: true })
    },
  }
}
