import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig, maskUrl, requireSettings } from '../src/config.js'
import { ConfigError } from '../src/errors.js'

const folder = mkdtempSync(join(tmpdir(), 'haechi-config-'))
let files = 0

const fileWith = (text: string): string => {
  files += 1
  const path = join(folder, `${files}.yaml`)
  writeFileSync(path, text)
  return path
}

const problemsOf = (load: () => unknown): readonly string[] => {
  try {
    load()
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('nothing set gives the defaults of the contract', () => {
  const config = loadConfig({ env: {} })

  expect(config.http).toEqual({ host: '127.0.0.1' })
  expect(config.kafka.partitions).toBe(12)
  expect(config.publishClean).toBe(false)
})

test('a flag wins over the environment, which wins over the file', () => {
  const file = fileWith('http: {port: 1111, metricsPort: 1112}\ndata: from-file\n')

  const config = loadConfig({
    env: { HAECHI_CONFIG: file, HAECHI_PORT: '2222', HAECHI_DATA: 'from-env' },
    flags: [[['data'], '--data', 'from-flag']],
  })

  expect(config.http).toMatchObject({ port: 2222, metricsPort: 1112 })
  expect(config.data).toBe('from-flag')
})

test('a setting knows the flag or variable that gave it, or neither when the file did', () => {
  const file = fileWith('model: {path: from-file}\n')
  const flags = [[['model', 'path'], '--model', 'from-flag']] as const

  const origins = [
    loadConfig({ env: { HAECHI_CONFIG: file } }),
    loadConfig({ env: { HAECHI_CONFIG: file, HAECHI_MODEL: 'from-env' } }),
    loadConfig({ env: { HAECHI_MODEL: 'from-env' }, flags }),
  ].map((config) => config.origins?.get('model.path'))

  expect(origins).toEqual([undefined, 'HAECHI_MODEL', '--model'])
})

test('an empty variable counts as not set', () => {
  expect(loadConfig({ env: { HAECHI_PORT: '', REDIS_URL: '' } }).redis.url).toBeUndefined()
})

test('channels and brokers are lists, and a channel may have its #', () => {
  const config = loadConfig({ env: { TWITCH_CHANNELS: '#one, two', KAFKA_BROKERS: 'a:9092, b:9093' } })

  expect(config.twitch.channels).toEqual(['one', 'two'])
  expect(config.kafka.brokers).toEqual(['a:9092', 'b:9093'])
})

const BAD_FILES: readonly (readonly [name: string, yaml: string, expected: RegExp])[] = [
  ['not YAML', 'a: [1', /cannot be read as YAML/],
  ['a list', '- 1\n- 2', /must be a mapping/],
  ['a bare word', 'hello', /must be a mapping/],
  ['an unknown key', 'kafak: {}', /kafak/],
  ['an unknown nested key', 'http: {prot: 1}', /http: .*prot/],
  ['a port that is too large', 'http: {port: 70000}', /http.port/],
  ['a port that is text', 'http: {port: "http"}', /http.port.*"http"/],
  ['a negative port', 'http: {metricsPort: -1}', /http.metricsPort/],
  ['a broker without a port', 'kafka: {brokers: [localhost]}', /host:port/],
  ['a broker with a scheme', 'kafka: {brokers: ["kafka://a:9092"]}', /host:port/],
  ['no brokers', 'kafka: {brokers: []}', /kafka.brokers/],
  ['zero partitions', 'kafka: {partitions: 0}', /kafka.partitions/],
  ['a fraction of a partition', 'kafka: {partitions: 1.5}', /kafka.partitions/],
  ['an http address for Redis', 'redis: {url: "http://a"}', /redis:\/\//],
  ['a Redis address that is no URL', 'redis: {url: "localhost"}', /redis.url/],
  ['a log level nobody knows', 'log: {level: loud}', /log.level/],
  ['a Twitch name with spaces', 'twitch: {channels: ["a b"]}', /twitch.channels.0/],
  ['a token without a username', 'twitch: {token: abc}', /belong together/],
  ['an http address for chat', 'twitch: {ircUrl: "http://a"}', /ws:\/\//],
  ['a half-life of zero', 'users: {strikeHalfLifeMinutes: 0}', /strikeHalfLifeMinutes/],
  ['a threshold above 1', 'channels: {a: {thresholds: {abusive: 2}}}', /channels.a.thresholds.abusive/],
  ['a category nobody knows', 'channels: {a: {thresholds: {rude: 0.5}}}', /rude/],
  ['a role nobody knows', 'channels: {a: {exemptRoles: [king]}}', /exemptRoles.0/],
  ['a term without an author', 'channels: {a: {terms: [{kind: deny, text: x}]}}', /terms.0.author/],
  ['an empty term', 'channels: {a: {terms: [{kind: deny, text: "", author: m}]}}', /terms.0.text/],
  ['allow-user without a user', 'channels: {a: {terms: [{kind: allow-user, text: x, author: m}]}}', /userId/],
  [
    'a date nobody can read',
    'channels: {a: {terms: [{kind: deny, text: x, author: m, expires: soon}]}}',
    /expires/,
  ],
  ['a ladder upside down', 'channels: {a: {ladder: {timeout: 5, ban: 2}}}', /timeout must not be above ban/],
  ['yes for a boolean', 'publishClean: "yes"', /publishClean/],
]

test.each(BAD_FILES)('%s is refused with what and where', (_name, yaml, expected) => {
  const problems = problemsOf(() => loadConfig({ env: {}, file: fileWith(yaml) }))

  expect(problems.join('\n')).toMatch(expected)
})

test('a file that is not there is named', () => {
  expect(problemsOf(() => loadConfig({ env: {}, file: '/nowhere/h.yaml' })).join()).toMatch(
    /\/nowhere\/h.yaml/,
  )
})

test('all problems are reported at once, with the variable that caused each', () => {
  const problems = problemsOf(() =>
    loadConfig({
      env: { HAECHI_PORT: 'x', KAFKA_BROKERS: 'nope', REDIS_URL: 'ftp://a' },
      file: fileWith('bogus: 1'),
    }),
  )

  expect(problems).toHaveLength(4)
  expect(problems.join('\n')).toMatch(/HAECHI_PORT[\s\S]*|KAFKA_BROKERS|REDIS_URL/)
})

test('secrets never appear in a message', () => {
  const problems = problemsOf(() =>
    loadConfig({ env: { TWITCH_TOKEN: 'oauth:hidden', REDIS_URL: 'http://user:hidden@host' } }),
  )

  expect(problems).not.toHaveLength(0)
  expect(problems.join('\n')).not.toMatch(/hidden/)
  expect(maskUrl('redis://me:hidden@host:1/0')).toBe('redis://me:***@host:1/0')
})

test.each([
  'http://me:hid/den@host',
  'http://me:hid@den@host',
  'redis//me:hidden@host',
  ':hidden@host:6379',
  'me:hidden@host',
  `http://me:hidden${'x'.repeat(100)}@host`,
])('the password in %s is masked', (address) => {
  const problems = problemsOf(() =>
    loadConfig({ env: { REDIS_URL: address, KAFKA_BROKERS: `kafka:/${address}` } }),
  )

  expect(problems).toHaveLength(2)
  expect(problems.join()).not.toMatch(/hid|den/)
})

test('a command says which servers it still needs', () => {
  const config = loadConfig({ env: {} })

  expect(problemsOf(() => requireSettings(config, ['kafka', 'redis']))).toEqual([
    expect.stringMatching(/^KAFKA_BROKERS/),
    expect.stringMatching(/^REDIS_URL/),
  ])
})
