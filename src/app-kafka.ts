import type { Kafka } from 'kafkajs'
import type { Config } from './config-schema.js'
import { untilAvailable } from './retry.js'
import { createKafka } from './sources/kafka-client.js'
import { ensureTopics } from './sources/kafka-topics.js'
import type { Logger } from './telemetry/logger.js'

/** A client of the configured brokers; it connects when it is used. */
export const openKafka = (config: Config, process: string, logger: Logger): Kafka =>
  createKafka({ brokers: config.kafka.brokers ?? [], clientId: `haechi-${process}` }, logger)

/** Creates the topics that are missing; waits for the broker as long as it takes, or until the signal. */
export const openTopics = async (
  kafka: Kafka,
  { kafka: { partitions, replication } }: Config,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> => {
  const layout = { partitions, ...(replication === undefined ? {} : { replication }) }
  const created = await untilAvailable(
    () => ensureTopics(kafka, layout),
    signal,
    (error) => logger.warn({ error: error.message }, 'waiting for Kafka'),
  )
  if (created.length > 0) logger.info({ topics: created }, 'topics created')
}
