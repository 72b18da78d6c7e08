import { z } from 'zod'
import { filtersSchema } from './config-filters.js'
import { lettersIn, termsSchema } from './config-terms.js'
import { ROLES } from './domain/message.js'
import { CATEGORIES } from './domain/verdict.js'
import { TERM_LIMITS } from './policy/channel-settings.js'
import { LOG_LEVELS } from './telemetry/logger.js'

const port = z.int().min(0).max(65_535)
const probability = z.number().gt(0).max(1)

const broker = z.string().regex(/^[^\s:/,]+:\d{1,5}$/, 'must be host:port')

const ladder = z
  .strictObject({ timeout: z.number().positive(), ban: z.number().positive() })
  .refine((l) => l.timeout <= l.ban, 'timeout must not be above ban')

const channel = z.strictObject({
  thresholds: z.partialRecord(z.enum(CATEGORIES), probability).optional(),
  exemptRoles: z.array(z.enum(ROLES)).optional(),
  terms: termsSchema.optional(),
  ladder: ladder.optional(),
  filters: filtersSchema.optional(),
})

const channels = z.record(z.string().min(1), channel).superRefine(
  (given, { addIssue }) => {
    const letters = Object.values(given).reduce((sum, own) => sum + lettersIn(own?.terms), 0)
    if (letters > TERM_LIMITS.lettersInAll)
      addIssue({
        code: 'custom',
        message: `the terms of all channels together must have at most ${TERM_LIMITS.lettersInAll} letters, these have ${letters}`,
      })
  },
  // Also where something else is wrong: all problems are told at once.
  { when: ({ value }) => typeof value === 'object' && value !== null },
)

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
    .strictObject({
      path: z.string().min(1).optional(),
      second: z.string().min(1).optional(),
      threads: z.int().min(1).max(64).default(1),
    })
    .prefault({}),
  http: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: port.optional(),
      metricsPort: port.optional(),
    })
    .prefault({}),
  data: z.string().min(1).default('.haechi'),
  models: z.string().min(1).optional(),
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
  channels: channels.default({}),
})

export type Config = z.output<typeof configSchema> & {
  /** The flag or variable that gave a setting, by its dotted path; absent for one of the file. */
  readonly origins?: ReadonlyMap<string, string>
}
