import { startFeed } from '../../app-cluster.js'
import { requireSettings } from '../../config.js'
import { createLogger } from '../../telemetry/logger.js'
import type { Command } from '../command.js'
import { serve } from '../service.js'
import { configOf, settingFlags } from '../settings-flags.js'

const settings = settingFlags(['kafka', 'redis', 'host', 'port', 'metrics-port', 'log-level'])

export const feed: Command = {
  name: 'feed',
  summary: "the moderators' page and its API, beside workers on Kafka and Redis",
  usage: '[options]',
  options: settings.options,
  help: settings.help,
  examples: [
    'KAFKA_BROKERS=localhost:9092 REDIS_URL=redis://localhost:6379 haechi feed',
    'curl -s "http://127.0.0.1:8080/api/cases?state=open&limit=10"',
  ],
  run: async (context) => {
    const config = configOf(context)
    requireSettings(config, ['kafka', 'redis'])
    return serve(await startFeed(config, createLogger(config.log.level, 'feed'), context.signal), context)
  },
}
