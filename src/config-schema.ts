import { z } from 'zod'
import { filtersSchema } from './config-filters.js'
import { ROLES } from './domain/message.js'
import { CATEGORIES } from './domain/verdict.js'
import { TERM_KINDS, TERM_LIMITS } from './policy/channel-settings.js'
import { LOG_LEVELS } from './telemetry/logger.js'
import { readTerm } from './text/term-readings.js'

const port = z.int().min(0).max(65_535)
const probability = z.number().gt(0).max(1)

const broker = z.string().regex(/^[^\s:/,]+:\d{1,5}$/, 'must be host:port')

const termText = z
  .string()
  .min(1)
  .max(TERM_LIMITS.length)
  .refine(
    (text) => readTerm(text).length > 0,
    'has no letters to look for (a mention, link, phone number or price is no word)',
  )
const author = z.string().min(1).max(100)
const id = z.string().min(1)
const expires = z.iso.datetime({ offset: true }).optional()

const term = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('deny'), text: termText, author, expires }),
    z.strictObject({ kind: z.literal('allow-here'), text: termText, author, expires }),
    z.strictObject({ kind: z.literal('allow-user'), text: termText, author, expires, userId: id }),
    z.strictObject({ kind: z.literal('allow-once'), text: termText, author, expires, messageId: id }),
  ],
  { error: `must have a kind: ${TERM_KINDS.join(', ')}` },
)

const terms = z
  .array(term)
  .max(TERM_LIMITS.terms)
  .refine(
    (list) => list.reduce((letters, { text }) => letters + text.length, 0) <= TERM_LIMITS.letters,
    `all terms together must have at most ${TERM_LIMITS.letters} letters`,
  )

const ladder = z
  .strictObject({ timeout: z.number().positive(), ban: z.number().positive() })
  .refine((l) => l.timeout <= l.ban, 'timeout must not be above ban')

const channel = z.strictObject({
  thresholds: z.partialRecord(z.enum(CATEGORIES), probability).optional(),
  exemptRoles: z.array(z.enum(ROLES)).optional(),
  terms: terms.optional(),
  ladder: ladder.optional(),
  filters: filtersSchema.optional(),
})

/** The whole configuration; unknown keys are errors, so that a typing mistake is never a silent default. */
export const configSchema = z.strictObject({
  kafka: z
    .strictObject({
      brokers: z.array(broker).min(1).optional(),
      partitions: z.int().min(1).max(1_000).default(12),
      replication: z.int().min(1).max(15).optional(),
    })
    .prefault({}),
  redis: z
    .strictObject({
      url: z.url({ protocol: /^rediss?$/, error: 'must be redis:// or rediss://' }).optional(),
    })
    .prefault({}),
  model: z
    .strictObject({ path: z.string().min(1).optional(), threads: z.int().min(1).max(64).default(1) })
    .prefault({}),
  http: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: port.optional(),
      metricsPort: port.optional(),
    })
    .prefault({}),
  data: z.string().min(1).default('.haechi'),
  log: z.strictObject({ level: z.enum(LOG_LEVELS).default('info') }).prefault({}),
  twitch: z
    .strictObject({
      channels: z.array(z.string().regex(/^[A-Za-z0-9_]{1,25}$/, 'must be a Twitch login')).default([]),
      username: z.string().min(1).optional(),
      token: z.string().min(1).optional(),
      ircUrl: z.url({ protocol: /^wss?$/, error: 'must be ws:// or wss://' }).optional(),
    })
    .refine(
      (t) => (t.username === undefined) === (t.token === undefined),
      'username and token belong together',
    )
    .prefault({}),
  users: z
    .strictObject({ strikeHalfLifeMinutes: z.number().positive().max(525_600).default(60) })
    .prefault({}),
  publishClean: z.boolean().default(false),
  channels: z.record(z.string().min(1), channel).default({}),
})

export type Config = z.output<typeof configSchema>
