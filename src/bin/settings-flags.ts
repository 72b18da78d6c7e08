import type { ConfigInput } from '../config.js'
import { loadConfig } from '../config.js'
import type { Config } from '../config-schema.js'
import { channels, list, number, type ReadSetting, text } from '../config-text.js'
import type { Command, CommandContext } from './command.js'

type Flag = NonNullable<ConfigInput['flags']>[number]

interface SettingFlag {
  readonly path: readonly string[]
  readonly help: readonly [string, string]
  readonly read: ReadSetting
}

/** Flags that set one configuration value each. */
const SETTING_FLAGS = {
  kafka: { path: ['kafka', 'brokers'], help: ['--kafka HOST:PORT,...', 'Kafka brokers'], read: list },
  redis: { path: ['redis', 'url'], help: ['--redis URL', 'Redis or Valkey'], read: text },
  twitch: { path: ['twitch', 'channels'], help: ['--twitch CHANNEL,...', 'live channels'], read: channels },
  model: { path: ['model', 'path'], help: ['--model DIR', 'model artifact'], read: text },
  'second-model': {
    path: ['model', 'second'],
    help: ['--second-model DIR', 'model asked what the first leaves in doubt, or none'],
    read: text,
  },
  threads: {
    path: ['model', 'threads'],
    help: ['--threads N', 'inference threads of each model (1)'],
    read: number,
  },
  host: { path: ['http', 'host'], help: ['--host ADDRESS', 'address to bind (127.0.0.1)'], read: text },
  port: { path: ['http', 'port'], help: ['--port N', 'page and API (8080)'], read: number },
  'metrics-port': {
    path: ['http', 'metricsPort'],
    help: ['--metrics-port N', 'metrics and health (9464)'],
    read: number,
  },
  data: {
    path: ['data'],
    help: ['--data DIR', 'folder for the database and the promoted model (.haechi)'],
    read: text,
  },
  models: { path: ['models'], help: ['--models DIR', 'your own models (models in --data)'], read: text },
  'log-level': {
    path: ['log', 'level'],
    help: ['--log-level LEVEL', 'debug, info, warn, error, silent'],
    read: text,
  },
} as const satisfies Record<string, SettingFlag>

export type SettingFlagName = keyof typeof SETTING_FLAGS

/** The parser's options and the help lines of some setting flags. */
export const settingFlags = (names: readonly SettingFlagName[]): Pick<Command, 'options' | 'help'> => ({
  options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  help: names.map((name) => SETTING_FLAGS[name].help),
})

const isSet = (value: unknown): value is string => typeof value === 'string'

/**
 * The configuration of this command line: its flags over the environment over the file.
 * @throws ConfigError
 */
export const configOf = ({ values, env }: CommandContext, extra: readonly Flag[] = []): Config => {
  const named = Object.entries(SETTING_FLAGS).flatMap(([name, { path, read }]): Flag[] => {
    const value = values[name]
    return isSet(value) ? [[path, `--${name}`, read(value)]] : []
  })
  const file = values.config
  return loadConfig({ env, flags: [...named, ...extra], ...(isSet(file) ? { file } : {}) })
}
