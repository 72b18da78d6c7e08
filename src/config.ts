import { readFileSync } from 'node:fs'
import { parse as parseYaml } from 'yaml'
import type { z } from 'zod'
import { type Config, configSchema } from './config-schema.js'
import { channels, list, number, type ReadSetting, text } from './config-text.js'
import { ConfigError } from './errors.js'

type Path = readonly string[]
type Tree = { [key: string]: unknown }

/** Environment variable -> where it goes in the configuration. */
const ENVIRONMENT: Readonly<Record<string, readonly [Path, ReadSetting]>> = {
  KAFKA_BROKERS: [['kafka', 'brokers'], list],
  REDIS_URL: [['redis', 'url'], text],
  HAECHI_MODEL: [['model', 'path'], text],
  HAECHI_SECOND_MODEL: [['model', 'second'], text],
  HAECHI_HOST: [['http', 'host'], text],
  HAECHI_PORT: [['http', 'port'], number],
  HAECHI_METRICS_PORT: [['http', 'metricsPort'], number],
  HAECHI_DATA: [['data'], text],
  HAECHI_MODELS: [['models'], text],
  HAECHI_LOG_LEVEL: [['log', 'level'], text],
  TWITCH_CHANNELS: [['twitch', 'channels'], channels],
  TWITCH_USERNAME: [['twitch', 'username'], text],
  TWITCH_TOKEN: [['twitch', 'token'], text],
  TWITCH_IRC_URL: [['twitch', 'ircUrl'], text],
}

const SECRET = /token|password|secret/i

// Nothing is tried twice: a long value must not stall the process.
const BEFORE_PASSWORD = /(?:\/\/[^/@:]*|^[["]*(?![["])[^/@:"]*):(?!\/\/)/

/** Hides the password of a URL, also of one without a scheme or whose password has an unescaped `/` or `@`. */
export const maskUrl = (url: string): string =>
  url.replace(/\S+/g, (word) => {
    const end = word.lastIndexOf('@')
    const before = end < 0 ? null : BEFORE_PASSWORD.exec(word.slice(0, end))
    return before === null ? word : `${word.slice(0, before.index + before[0].length)}***${word.slice(end)}`
  })

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const setAt = (tree: Tree, [head, ...rest]: Path, value: unknown): Tree => {
  if (head === undefined) return tree
  if (rest.length === 0) return { ...tree, [head]: value }
  const below = tree[head]
  return { ...tree, [head]: setAt(isTree(below) ? below : {}, rest, value) }
}

const valueAt = (tree: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (node, key) => (isTree(node) || Array.isArray(node) ? (node as Tree)[String(key)] : undefined),
    tree,
  )

const show = (value: unknown, path: readonly PropertyKey[]): string => {
  if (value === undefined) return 'nothing'
  if (SECRET.test(String(path.at(-1)))) return '***'
  // A mapping may hold a secret; its keys are what matters.
  if (isTree(value)) return `{${Object.keys(value).join(', ')}}`
  // Masked before it is cut: a cut password has no @ behind it to be known by.
  const shown = maskUrl(JSON.stringify(value) ?? String(value))
  return shown.length > 80 ? `${shown.slice(0, 77)}...` : shown
}

const describe = (issue: z.core.$ZodIssue, input: unknown, origins: ReadonlyMap<string, string>): string => {
  const name = issue.path.join('.')
  const origin = origins.get(issue.path.slice(0, 2).join('.')) ?? origins.get(String(issue.path[0] ?? ''))
  const where = origin === undefined ? name || 'the file' : `${origin} (${name})`
  return `${where}: ${issue.message}; got ${show(valueAt(input, issue.path), issue.path)}`
}

const readTree = (path: string, problems: string[]): Tree => {
  try {
    const tree: unknown = parseYaml(readFileSync(path, 'utf8'), { maxAliasCount: 100 }) ?? {}
    if (isTree(tree)) return tree
    problems.push(`${path}: must be a mapping of settings, for example "kafka: {brokers: [localhost:9092]}"`)
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    problems.push(`${path}: cannot be read as YAML (${reason})`)
  }
  return {}
}

export interface ConfigInput {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Path given by `--config`; otherwise `HAECHI_CONFIG`. */
  readonly file?: string
  /** Values of flags, by configuration path. */
  readonly flags?: readonly (readonly [path: Path, flag: string, value: unknown])[]
}

/**
 * Flags over environment over file over defaults, checked as a whole.
 * @throws ConfigError naming every problem, with secrets masked.
 */
export const loadConfig = ({ env, file, flags = [] }: ConfigInput): Config => {
  const problems: string[] = []
  const origins = new Map<string, string>()
  const path = file ?? env.HAECHI_CONFIG
  let tree: Tree = path ? readTree(path, problems) : {}
  for (const [variable, [target, read]] of Object.entries(ENVIRONMENT)) {
    const value = env[variable]
    if (value === undefined || value === '') continue
    tree = setAt(tree, target, read(value))
    origins.set(target.join('.'), variable)
  }
  for (const [target, flag, value] of flags) {
    tree = setAt(tree, target, value)
    origins.set(target.join('.'), flag)
  }
  const parsed = configSchema.safeParse(tree)
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => describe(issue, tree, origins)))
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems)
  return { ...parsed.data, origins }
}

/**
 * The settings that a command cannot do without.
 * @throws ConfigError naming each that is missing and how to give it.
 */
export const requireSettings = (config: Config, names: readonly ('kafka' | 'redis')[]): void => {
  const problems: string[] = []
  if (names.includes('kafka') && config.kafka.brokers === undefined)
    problems.push('KAFKA_BROKERS (kafka.brokers): needed, for example KAFKA_BROKERS=localhost:9092')
  if (names.includes('redis') && config.redis.url === undefined)
    problems.push('REDIS_URL (redis.url): needed, for example REDIS_URL=redis://localhost:6379')
  if (problems.length > 0) throw new ConfigError(problems)
}
