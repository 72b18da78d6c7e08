import kafkajs from 'kafkajs'
import { openKafka, openTopics } from './app-kafka.js'
import { type App, closeOnAbort, openShell, place, startWith } from './app-shell.js'
import type { Config } from './config-schema.js'
import { untilAvailable } from './retry.js'
import { createBotPublisher } from './sources/bot-publisher.js'
import { kafkaUnavailable } from './sources/kafka-client.js'
import { TwitchClient } from './sources/twitch-client.js'
import type { Logger } from './telemetry/logger.js'
import type { Metrics } from './telemetry/metrics.js'

/** The chat connection of the configured channels; anonymous when no login is given. */
export const openTwitch = (
  { twitch }: Config,
  metrics: Metrics,
  logger: Logger,
  onFatal: (error: Error) => void,
): TwitchClient => {
  const { channels, username, token, ircUrl } = twitch
  return new TwitchClient({
    channels,
    login: username === undefined || token === undefined ? undefined : { username, token },
    ircUrl,
    log: logger,
    hooks: {
      onConnected: (isConnected) => {
        metrics.twitchConnected.set({ transport: 'irc' }, isConnected ? 1 : 0)
        metrics.dependencyUp.set({ dependency: 'twitch' }, isConnected ? 1 : 0)
      },
      onReconnect: (reason) => metrics.twitchReconnects.inc({ reason }),
      onJoined: (joined) => metrics.twitchChannels.set(joined),
    },
    onFatal,
  })
}

/**
 * `haechi bot`: channels in, `chat.messages` out. Chat has no replay: while Kafka is away lines wait, and the
 * oldest go when too many do.
 * @throws ConfigError when Twitch refuses the login, PortInUseError; the abort reason when stopped while waiting
 */
export const startBot = async (config: Config, logger: Logger, signal: AbortSignal): Promise<App> => {
  let isPublishing = false
  let isConnected = false
  const shell = await openShell(config, logger, [
    { name: 'kafka', check: async () => isPublishing || 'not connected yet' },
    { name: 'twitch', check: async () => isConnected || 'not connected yet' },
  ])
  const { metrics, closers, end } = shell
  return startWith(shell, async () => {
    const kafka = openKafka(config, 'bot', logger)
    await openTopics(kafka, config, logger, signal)
    const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
    await untilAvailable(
      () => producer.connect().catch((error: unknown) => Promise.reject(kafkaUnavailable('connect', error))),
      signal,
      (error) => logger.warn({ error: error.message }, 'waiting for Kafka'),
    )
    isPublishing = true
    const publisher = createBotPublisher({
      producer,
      log: logger,
      onPublished: (lines) => metrics.processed.inc({ outcome: 'published' }, lines),
      onDropped: (lines) => metrics.processed.inc({ outcome: 'dropped' }, lines),
    })
    closers.add(() => publisher.close())
    const client = openTwitch(config, metrics, logger, end)
    closers.add(() => client.close())
    closeOnAbort(signal, () => client.close())
    await client.start((envelope) => {
      metrics.consumed.inc({ topic: 'twitch' })
      publisher.publish(envelope)
    })
    isConnected = true
    return [
      place('reading', config.twitch.channels.map((name) => `twitch.tv/${name}`).join(', ')),
      place('publishing', 'chat.messages'),
      place('metrics', `${shell.metricsUrl}/metrics`, shell.metricsFellBack),
    ]
  })
}
