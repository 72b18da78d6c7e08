import { z } from 'zod'
import { CASE_STATES, MAX_CASE_LINES } from '../../src/domain/case.js'
import { DECISIONS } from '../../src/domain/decision.js'
import { FILTERS } from '../../src/domain/filter-evidence.js'
import { CATEGORIES, VERDICT_KINDS } from '../../src/domain/verdict.js'
import { envelopeSchema } from '../../src/sources/envelope-schema.js'

const id = z.string().min(1)
const time = z.string().meta({ format: 'date-time' })
const scores = z
  .record(z.enum(CATEGORIES), z.number().min(0).max(1))
  .describe('calibrated, comparable whichever stage, rule or view decided')
const position = z.int().min(0)
const place = z.object({ id, name: z.string() })

export const spanSchema = z
  .object({
    start: position,
    end: position,
    category: z.enum(CATEGORIES),
    view: z.enum(['canonical', 'raw', 'joined', 'keyboard', 'shape', 'phonetic', 'window', 'title']),
  })
  .describe('half-open, in code points of the original text; of the title when the view is title')

const versions = z
  .object({
    model: z.string(),
    tokenizer: z.string(),
    canonicaliser: z.string(),
    thresholds: z.string(),
    rules: z.string(),
  })
  .describe('what decided: the same versions give the same verdict')

const sentAt = time.describe('as the message had it')

export const evidenceSchema = z
  .object({
    filter: z.enum(FILTERS),
    score: z.number().min(0).max(1).describe("0.5 at the channel's limit, 1 far beyond it"),
    value: z.number().min(0).describe('in the unit of the limit'),
    limit: z.number().min(0),
    detail: z.string().optional().describe('the host of a link; what was repeated'),
  })
  .describe('what a chat filter found: it changes neither the verdict nor the scores')

export const verdictSchema = z
  .object({
    messageId: id,
    source: id,
    channelId: id,
    userId: id,
    sentAt,
    verdict: z.enum(VERDICT_KINDS),
    scores,
    spans: z.array(spanSchema),
    evidence: z
      .array(evidenceSchema)
      .optional()
      .describe('of the chat filters that are on; absent when they found nothing'),
    truncated: z.literal(true).optional().describe('only the beginning of the text was judged'),
    versions,
    decidedAt: time,
  })
  .describe('A record of moderation.verdicts. At least once: de-duplicate by messageId')

export const decisionSchema = z
  .object({
    id,
    caseId: id,
    channelId: id,
    userId: id,
    decision: z.enum(DECISIONS),
    note: z.string().optional(),
    seconds: z.int().min(1).max(1_209_600).optional().describe('of a timeout'),
    dryRun: z.boolean().describe('nothing was done to the user'),
    messageIds: z.array(id),
    versions,
    decidedAt: time,
  })
  .describe('A record of moderation.decisions. At least once: de-duplicate by id')

export const lineSchema = z.object({
  messageId: id,
  text: z.string(),
  title: z.string().optional(),
  scores,
  spans: z.array(spanSchema),
  evidence: z.array(evidenceSchema).optional(),
  sentAt,
  fragments: z
    .array(z.string())
    .optional()
    .describe("the user's lines before, when only together they fired"),
  reasons: z.array(z.string()),
})

export const caseSchema = z
  .object({
    id,
    state: z.enum(CASE_STATES),
    channel: place,
    user: place,
    strikes: z.number().min(0).describe('decayed to the time of the last line'),
    lines: z.array(lineSchema).max(MAX_CASE_LINES).describe('worst first'),
    versions,
    openedAt: time,
    updatedAt: time,
    suggestion: z.enum(DECISIONS),
    decision: z.object({ kind: z.enum(DECISIONS), at: time, note: z.string().optional() }).optional(),
  })
  .describe("One user's open matter in one channel: an entry of /api/cases, and a job's snapshot")

const published = (name: string, schema: z.ZodType, io: 'input' | 'output') => ({
  title: name,
  ...z.toJSONSchema(schema, { io }),
})

/** What each file of src/domain/schema holds. `write-schemas.ts` writes them. */
export const publishedSchemas = {
  message: published('message', envelopeSchema, 'input'),
  // Read by others, who must not break when a field is added: input mode leaves objects open.
  verdict: published('verdict', verdictSchema, 'input'),
  decision: published('decision', decisionSchema, 'input'),
  case: published('case', caseSchema, 'input'),
}
