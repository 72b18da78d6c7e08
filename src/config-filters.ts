import { z } from 'zod'
import { ROLES } from './domain/message.js'
import { DEFAULT_CAPS } from './policy/filters/caps.js'
import { DEFAULT_DRAWINGS } from './policy/filters/drawings.js'
import { DEFAULT_EMOTES } from './policy/filters/emotes.js'
import { DEFAULT_FLOOD } from './policy/filters/flood.js'
import { DEFAULT_LINKS } from './policy/filters/links.js'
import { DEFAULT_REPETITION } from './policy/filters/repetition.js'
import { DEFAULT_SYMBOLS } from './policy/filters/symbols.js'
import { DEFAULT_ZALGO } from './policy/filters/zalgo.js'

// A user's memory holds twice as many messages, and as many seconds.
const messages = z.int().min(2).max(50)
const seconds = z.number().positive().max(300)
const count = z.int().min(1).max(10_000)
const share = z.number().gt(0).max(1)

const domain = z
  .string()
  .max(253)
  .transform((name) => name.toLowerCase())
  .pipe(
    z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain such as example.com (punycode for others)'),
  )

const permit = z.strictObject({
  userId: z.string().min(1),
  until: z.iso.datetime({ offset: true }),
  author: z.string().min(1).max(100),
})

/** `true` is the defaults; `false` is off, also where `default` has it on. */
const filter = <T extends z.ZodType>(settings: T) =>
  z
    .preprocess((value) => (value === true ? {} : value === false ? undefined : value), settings.optional())
    .optional()

export const filtersSchema = z.strictObject({
  flood: filter(
    z.strictObject({
      messages: messages.default(DEFAULT_FLOOD.messages),
      seconds: seconds.default(DEFAULT_FLOOD.seconds),
    }),
  ),
  repetition: filter(
    z.strictObject({
      characters: count.min(2).default(DEFAULT_REPETITION.characters),
      phrases: count.min(2).default(DEFAULT_REPETITION.phrases),
      messages: messages.default(DEFAULT_REPETITION.messages),
      seconds: seconds.default(DEFAULT_REPETITION.seconds),
    }),
  ),
  caps: filter(
    z.strictObject({
      minLetters: count.default(DEFAULT_CAPS.minLetters),
      share: share.default(DEFAULT_CAPS.share),
    }),
  ),
  symbols: filter(
    z.strictObject({
      minSymbols: count.default(DEFAULT_SYMBOLS.minSymbols),
      share: share.default(DEFAULT_SYMBOLS.share),
    }),
  ),
  zalgo: filter(z.strictObject({ marks: count.default(DEFAULT_ZALGO.marks) })),
  emotes: filter(
    z.strictObject({
      minEmotes: count.default(DEFAULT_EMOTES.minEmotes),
      share: share.default(DEFAULT_EMOTES.share),
    }),
  ),
  links: filter(
    z.strictObject({
      permitDomains: z
        .array(domain)
        .max(1_000)
        .default([...DEFAULT_LINKS.permitDomains]),
      permits: z
        .array(permit)
        .max(1_000)
        .default([...DEFAULT_LINKS.permits]),
      permitRoles: z.array(z.enum(ROLES)).default([...DEFAULT_LINKS.permitRoles]),
    }),
  ),
  drawings: filter(z.strictObject({ cells: count.default(DEFAULT_DRAWINGS.cells) })),
})
