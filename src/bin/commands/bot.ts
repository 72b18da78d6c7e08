import { startBot } from '../../app-twitch.js'
import { requireSettings } from '../../config.js'
import { ConfigError } from '../../errors.js'
import { createLogger } from '../../telemetry/logger.js'
import type { Command } from '../command.js'
import { serve } from '../service.js'
import { configOf, settingFlags } from '../settings-flags.js'

const settings = settingFlags(['kafka', 'twitch', 'host', 'metrics-port', 'log-level'])

export const bot: Command = {
  name: 'bot',
  summary: 'reads Twitch channels and publishes their lines to Kafka',
  usage: '[--twitch CHANNEL,...] [options]',
  options: settings.options,
  help: settings.help,
  examples: [
    'KAFKA_BROKERS=localhost:9092 TWITCH_CHANNELS=some_channel haechi bot',
    'haechi bot --kafka localhost:9092 --twitch one,two',
  ],
  run: async (context) => {
    const config = configOf(context)
    requireSettings(config, ['kafka'])
    if (config.twitch.channels.length === 0)
      throw new ConfigError([
        'TWITCH_CHANNELS (twitch.channels): needed, for example TWITCH_CHANNELS=some_channel',
      ])
    return serve(await startBot(config, createLogger(config.log.level, 'bot'), context.signal), context)
  },
}
