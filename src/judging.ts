import type { FilterEvidence } from './domain/filter-evidence.js'
import { kindOf, type Message } from './domain/message.js'
import type { Scores, Span, VerdictKind, Versions } from './domain/verdict.js'
import type { Classifier, Scored } from './model/classifier.js'
import { evidence } from './model/explain.js'
import { judge, type KindThresholds, type Thresholds } from './model/judge.js'
import { perCategory } from './model/per-category.js'
import type { ChannelLookup } from './policy/channels.js'
import { makeViews, type View } from './text/views.js'

/** One message's verdict before it is given to its author. */
export interface Judgement {
  readonly verdict: VerdictKind
  readonly scores: Scores
  readonly spans: readonly Span[]
  /** Deny terms that matched. */
  readonly denied: readonly string[]
  /** What chat filters found; absent when nothing. */
  readonly evidence?: readonly FilterEvidence[]
  readonly thresholds: Thresholds
  readonly versions: Versions
  readonly isTruncated: boolean
  readonly path: 'model' | 'rules' | 'cache'
  /** The canonical view first. */
  readonly views: readonly View[]
}

export interface JudgeOptions {
  readonly classifier: Classifier
  /** The model's; a channel's own win. */
  readonly thresholds: KindThresholds
  readonly versions: Omit<Versions, 'rules'>
  readonly channels: ChannelLookup
  readonly onStage?: (stage: 'canonicalise' | 'aggregate', seconds: number) => void
}

export interface Judge {
  /** The message on its own. */
  message(message: Message): Promise<Judgement>
  /**
   * The same user's fragments joined to one text; spans cover the whole of the last message. What nobody wrote
   * in one piece must be surer than a message to be a flag: by SURER of what its threshold lacks to 1. Latin letters
   * half as much: unlike syllables they are no words of their own, and seldom meet by accident.
   */
  joined(message: Message, joinedText: string): Promise<Judgement>
}

const highest = (a: Scores, b: Scores): Scores => ({
  abusive: Math.max(a.abusive, b.abusive),
  profanity: Math.max(a.profanity, b.profanity),
  insult: Math.max(a.insult, b.insult),
  hate: Math.max(a.hate, b.hate),
  sexual: Math.max(a.sexual, b.sexual),
  threat: Math.max(a.threat, b.threat),
  mild: Math.max(a.mild, b.mild),
})

/** A denied word repeated over a whole post is evidence enough long before its last occurrence. */
const MAX_SPANS = 50

/** Of equal ranges the first counts: views come in order of preference. */
const distinct = (spans: readonly Span[]): readonly Span[] => {
  const byRange = new Map<string, Span>()
  for (const span of spans) {
    const range = `${span.start}:${span.end}`
    if (!byRange.has(range)) byRange.set(range, span)
  }
  return [...byRange.values()]
}

// The strictest of a third, two fifths and a half that finds as much on test/fixtures/split-sequences.ts.
const SURER = 0.5
const LATIN = /^[\p{Script=Latin}0-9]+$/u
const surer = (thresholds: Thresholds, text: string): Thresholds => {
  const share = LATIN.test(text) ? SURER / 2 : SURER
  return perCategory((category) => thresholds[category] + share * (1 - thresholds[category]))
}

const asTitle = (spans: readonly Span[]): Span[] => spans.map((span) => ({ ...span, view: 'title' }))

interface TextJudgement {
  readonly views: readonly View[]
  /** As the model saw them: without what a moderator allowed. */
  readonly ruledViews: readonly View[]
  readonly scored: Scored
  readonly scores: Scores
  readonly spans: readonly Span[]
  readonly denied: readonly string[]
  readonly isTruncated: boolean
}

/** Text -> model -> rules: everything about a message that needs no memory of its author. */
export class MessageJudge implements Judge {
  constructor(private readonly options: JudgeOptions) {}

  async message(message: Message): Promise<Judgement> {
    const thresholds = this.thresholdsOf(message)
    const [body, title] = await Promise.all([
      this.judgeText(message, message.text, thresholds),
      message.title === undefined ? undefined : this.judgeText(message, message.title, thresholds),
    ])
    return this.conclude(message, thresholds, body, title)
  }

  async joined(message: Message, joinedText: string): Promise<Judgement> {
    const thresholds = this.thresholdsOf(message)
    const body = await this.scoreText(message, joinedText)
    const end = [...message.text].length
    const spans: readonly Span[] = [{ start: 0, end, category: 'abusive', view: 'window' }]
    const verdict = judge(body.scores, surer(thresholds, joinedText))
    return { ...this.conclude(message, thresholds, { ...body, spans }), verdict }
  }

  private thresholdsOf({ source, channel }: Message): Thresholds {
    const { thresholds, channels } = this.options
    return { ...thresholds[kindOf(source)], ...channels(channel.id).settings.thresholds }
  }

  /** Everything but the spans that only the model knows. */
  private async scoreText(message: Message, text: string): Promise<TextJudgement> {
    const { classifier, channels } = this.options
    const start = performance.now()
    const emotes = text === message.text ? message.emotes : []
    const kind = kindOf(message.source)
    const { views, truncated } = makeViews({ text, emotes, kind })
    const scope = { messageId: message.id, userId: message.author.id, atMs: message.sentAtMs }
    const ruled = channels(message.channel.id).rules.apply(views, scope)
    this.options.onStage?.('canonicalise', (performance.now() - start) / 1000)
    const scored = await classifier.score(ruled.views, kind)
    return {
      views,
      ruledViews: ruled.views,
      scored,
      // A term that a moderator denied is certain.
      scores: ruled.denied.length > 0 ? { ...scored.scores, abusive: 1 } : scored.scores,
      spans: distinct(ruled.denied.map(({ span }) => span)),
      denied: [...new Set(ruled.denied.map(({ term }) => term.text))],
      isTruncated: truncated,
    }
  }

  private async judgeText(message: Message, text: string, thresholds: Thresholds): Promise<TextJudgement> {
    const judged = await this.scoreText(message, text)
    const isAbusive = judged.scored.scores.abusive >= thresholds.abusive
    const fromModel = isAbusive ? await this.explain(judged, thresholds) : []
    return { ...judged, spans: [...judged.spans, ...fromModel].slice(0, MAX_SPANS) }
  }

  private async explain(
    { ruledViews, scored }: TextJudgement,
    thresholds: Thresholds,
  ): Promise<readonly Span[]> {
    const start = performance.now()
    const spans = await evidence(this.options.classifier, ruledViews, scored, thresholds)
    this.options.onStage?.('aggregate', (performance.now() - start) / 1000)
    return spans
  }

  private conclude(
    { channel }: Message,
    thresholds: Thresholds,
    body: TextJudgement,
    title?: TextJudgement,
  ): Judgement {
    const scores = title === undefined ? body.scores : highest(body.scores, title.scores)
    const denied = [...body.denied, ...(title?.denied ?? [])]
    return {
      verdict: judge(scores, thresholds),
      scores,
      spans: [...body.spans, ...asTitle(title?.spans ?? [])],
      denied,
      thresholds,
      versions: { ...this.options.versions, rules: this.options.channels(channel.id).version },
      isTruncated: body.isTruncated,
      path: denied.length > 0 ? 'rules' : body.scored.cached ? 'cache' : 'model',
      views: body.views,
    }
  }
}
