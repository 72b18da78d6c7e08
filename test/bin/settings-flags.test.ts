import { parseArgs } from 'node:util'
import { expect, test } from 'vitest'
import type { CommandContext } from '../../src/bin/command.js'
import { configOf, settingFlags } from '../../src/bin/settings-flags.js'
import { ConfigError } from '../../src/errors.js'

const ALL = settingFlags([
  'kafka',
  'redis',
  'twitch',
  'model',
  'second-model',
  'threads',
  'host',
  'port',
  'metrics-port',
  'data',
  'models',
  'log-level',
])

const contextOf = (args: readonly string[], env: CommandContext['env'] = {}): CommandContext => ({
  values: parseArgs({ args: [...args], options: ALL.options }).values,
  positionals: [],
  env,
  signal: new AbortController().signal,
  print: () => {},
})

test('each flag sets its value', () => {
  const args =
    '--kafka a:1,b:2 --redis redis://r --twitch #One,two --model m --second-model n --threads 2 --host ::1 --port 1 --metrics-port 2 --data d --models own --log-level error'

  const config = configOf(contextOf(args.split(' ')))

  expect(config).toMatchObject({
    kafka: { brokers: ['a:1', 'b:2'] },
    redis: { url: 'redis://r' },
    twitch: { channels: ['One', 'two'] },
    model: { path: 'm', second: 'n', threads: 2 },
    http: { host: '::1', port: 1, metricsPort: 2 },
    data: 'd',
    models: 'own',
    log: { level: 'error' },
  })
})

test('a flag wins over its variable', () => {
  expect(configOf(contextOf(['--port', '1'], { HAECHI_PORT: '2' })).http.port).toBe(1)
})

test('a wrong value is reported under the name of the flag', () => {
  const wrong = () => configOf(contextOf(['--port', 'http', '--threads', '0', '--kafka', 'nowhere']))

  expect(wrong).toThrow(ConfigError)
  for (const name of ['--port', '--threads', '--kafka']) expect(wrong).toThrow(name)
})

test('each flag has a line of help', () => {
  expect(ALL.help).toHaveLength(Object.keys(ALL.options).length)
})

test('what a command adds by itself wins over the environment too', () => {
  const config = configOf(contextOf([]), [[['publishClean'], '--publish-clean', true]])

  expect(config.publishClean).toBe(true)
})
