import { startWorker } from '../../app-cluster.js'
import { requireSettings } from '../../config.js'
import { createLogger } from '../../telemetry/logger.js'
import type { Command } from '../command.js'
import { serve } from '../service.js'
import { configOf, settingFlags } from '../settings-flags.js'

const settings = settingFlags([
  'kafka',
  'redis',
  'model',
  'second-model',
  'threads',
  'host',
  'metrics-port',
  'data',
  'log-level',
])

export const worker: Command = {
  name: 'worker',
  summary: 'judges what is on Kafka; start as many as there are partitions',
  usage: '[options]',
  options: { ...settings.options, 'publish-clean': { type: 'boolean' } },
  help: [...settings.help, ['--publish-clean', 'publish clean verdicts too']],
  examples: [
    'KAFKA_BROKERS=localhost:9092 REDIS_URL=redis://localhost:6379 haechi worker',
    'haechi worker --kafka localhost:9092 --redis redis://localhost:6379 --metrics-port 9500',
  ],
  run: async (context) => {
    const config = configOf(
      context,
      context.values['publish-clean'] === true ? [[['publishClean'], '--publish-clean', true]] : [],
    )
    requireSettings(config, ['kafka', 'redis'])
    const logger = createLogger(config.log.level, 'worker')
    return serve(await startWorker(config, logger, context.signal), context)
  },
}
