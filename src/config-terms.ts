import { z } from 'zod'
import { TERM_KINDS, TERM_LIMITS, type TermKind } from './policy/channel-settings.js'
import { readTerm } from './text/term-readings.js'

type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isKind = (value: unknown): value is TermKind => TERM_KINDS.some((kind) => kind === value)

const text = z
  .string()
  .max(TERM_LIMITS.length)
  .refine(
    (given) => readTerm(given).length > 0,
    'has no letters to look for (a mention, link, phone number or price is no word)',
  )
const id = z.string().min(1)

/** What names those for whom, or in which, a term holds. */
const HOLDER = { 'allow-user': 'userId', 'allow-once': 'messageId' } as const

/** Problems of a term whose kind is known, whatever else is wrong with it: `[key, problem]`. */
const holderProblems = ({ kind, ...given }: Tree): readonly (readonly [string, string])[] =>
  Object.entries(HOLDER).flatMap(([holding, key]) => {
    if (!isKind(kind) || (kind === holding) === (given[key] !== undefined)) return []
    return [[key, kind === holding ? `must be given for ${kind}` : `is for ${holding} only`] as const]
  })

const term = z
  .strictObject({
    kind: z.enum(TERM_KINDS, { error: `must be one of ${TERM_KINDS.join(', ')}` }),
    text,
    author: z.string().min(1).max(100),
    expires: z.iso.datetime({ offset: true }).optional(),
    userId: id.optional(),
    messageId: id.optional(),
  })
  .superRefine(
    (given, { addIssue }) => {
      for (const [key, message] of holderProblems(given)) addIssue({ code: 'custom', path: [key], message })
    },
    { when: ({ value }) => isTree(value) },
  )

/** Letters of a list of terms, as far as it is one. */
export const lettersIn = (terms: unknown): number =>
  Array.isArray(terms)
    ? terms.reduce<number>((letters, given: unknown) => {
        const length = isTree(given) && typeof given.text === 'string' ? given.text.length : 0
        return letters + length
      }, 0)
    : 0

export const termsSchema = z.array(term).superRefine(
  (terms, { addIssue }) => {
    // Not .max(), which would look at nothing else.
    if (terms.length > TERM_LIMITS.terms)
      addIssue({ code: 'custom', message: `must be at most ${TERM_LIMITS.terms} terms, not ${terms.length}` })
    const letters = lettersIn(terms)
    if (letters > TERM_LIMITS.letters)
      addIssue({
        code: 'custom',
        message: `all terms together must have at most ${TERM_LIMITS.letters} letters, these have ${letters}`,
      })
  },
  { when: ({ value }) => Array.isArray(value) },
)
