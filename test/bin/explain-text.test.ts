import { expect, test } from 'vitest'
import { explanationText } from '../../src/bin/explain-text.js'
import { CATEGORIES, type Scores } from '../../src/domain/verdict.js'
import type { ExplainedWindow, Explanation } from '../../src/explanation.js'

const scoresOf = (abusive: number, profanity: number): Scores => ({
  abusive,
  profanity,
  insult: 0.0716,
  hate: 0.001,
  sexual: 0.0096,
  threat: 0.001,
  mild: 0.002,
})

const THRESHOLDS: Scores = {
  abusive: 0.48,
  profanity: 0.47,
  insult: 0.54,
  hate: 0.42,
  sexual: 0.34,
  threat: 0.34,
  mild: 0.56,
}

const windowOf = (fields: Partial<ExplainedWindow>): ExplainedWindow => ({
  view: 'canonical',
  part: 'whole',
  start: 0,
  end: 7,
  text: '시1발 뭐하냐',
  scores: scoresOf(0.0312, 0.0101),
  decidedBy: 'network',
  won: [],
  ...fields,
})

const FLAGGED: Explanation = {
  text: '시1발 뭐하냐',
  source: 'twitch',
  channelId: 'text',
  userId: 'text',
  verdict: 'flag',
  scores: scoresOf(0.9194, 0.9487),
  thresholds: THRESHOLDS,
  truncated: false,
  leftToUserWindow: false,
  fired: [
    {
      category: 'abusive',
      score: 0.9194,
      threshold: 0.48,
      margin: 0.4394,
      window: {
        view: 'joined',
        part: 'whole',
        start: 0,
        end: 7,
        text: '시발 뭐하냐',
        decidedBy: 'network',
      },
    },
  ],
  spans: [{ start: 0, end: 3, text: '시1발', category: 'profanity', view: 'joined' }],
  denied: [],
  allowed: [],
  evidence: [],
  views: [
    {
      name: 'canonical',
      text: '시1발 뭐하냐',
      map: [{ start: 0, end: 7, rawStart: 0, rawEnd: 7 }],
      lost: [],
      tokens: [{ piece: '시', start: 0, end: 1 }],
    },
    {
      name: 'joined',
      text: '시발 뭐하냐',
      map: [
        { start: 0, end: 1, rawStart: 0, rawEnd: 1 },
        { start: 1, end: 6, rawStart: 2, rawEnd: 7 },
      ],
      lost: [{ start: 1, end: 2, text: '1' }],
      tokens: [
        { piece: '시', start: 0, end: 1 },
        { piece: '##발', start: 2, end: 3 },
      ],
    },
  ],
  windows: [
    windowOf({ decidedBy: 'linear' }),
    windowOf({
      view: 'joined',
      text: '시발 뭐하냐',
      scores: scoresOf(0.9194, 0.9487),
      won: [...CATEGORIES],
    }),
  ],
  versions: { model: 'm@1', tokenizer: 't', canonicaliser: '2', thresholds: 'h', rules: 'r' },
}

const plain = (more: Partial<Explanation> = {}): string =>
  explanationText({ ...FLAGGED, ...more }, { colours: false })

const TEXT = `flag  "시1발 뭐하냐"

views (code points of the view <- of the text)
  canonical  "시1발 뭐하냐"
             from    0..7<-0..7
             tokens  시
  joined     "시발 뭐하냐"
             from    0..1<-0..1  1..6<-2..7
             lost    1..2 "1"
             tokens  시  ##발

windows
  view       part   by       window                      abusive   profanity   insult     hate   sexual   threat     mild
  canonical  whole  linear   "시1발 뭐하냐"                0.031       0.010    0.072    0.001    0.010    0.001    0.002
  joined     whole  network  "시발 뭐하냐"                 0.919*      0.949*   0.072*   0.001*   0.010*   0.001*   0.002*
  threshold                                                0.480       0.470    0.540    0.420    0.340    0.340    0.560
  margin                                                  +0.439      +0.479   -0.468   -0.419   -0.330   -0.339   -0.558
  * the highest of its column, which counts

fired
  abusive 0.919, threshold 0.480, margin +0.439: joined view, whole text 0..7 "시발 뭐하냐"
  0..3  [시1발] 뭐하냐  profanity, seen in the joined view

versions
  model          m@1
  tokenizer      t
  canonicaliser  2
  thresholds     h
  rules          r`

test('one text, in full', () => {
  expect(plain()).toBe(TEXT)
})

test('rows of the table end in one column, whatever letters they hold', () => {
  const lines = plain({
    windows: [windowOf({ text: '가나다라마바사아자차카타파하' }), windowOf({ text: 'a' })],
  })
    .split('\n')
    .filter((line) => line.startsWith('  canonical  whole'))

  const columns = lines.map((line) => [...line].reduce((width, c) => width + (/[가-힣]/.test(c) ? 2 : 1), 0))
  expect(columns).toEqual([columns[0], columns[0]])
})

test('colours are there only when asked for', () => {
  expect(plain()).not.toContain('\u001b')
  expect(explanationText(FLAGGED, { colours: true })).toContain('\u001b[31mflag\u001b[0m')
})

test('hostile text reaches the terminal only in escapes', () => {
  const text = '\u001b]0;x\u0007\u202e발\u200b'
  const shown = plain({ text, spans: [{ start: 0, end: 3, text, category: 'insult', view: 'raw' }] })

  expect(shown).toContain('\\u{1b}]0;x\\u{7}\\u{202e}발')
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

test('terms, filters and a lone letter are told', () => {
  const term = { start: 0, end: 3, text: '시발점', view: 'canonical', term: '시발점' } as const
  const shown = plain({
    leftToUserWindow: true,
    windows: [],
    fired: [{ category: 'abusive', score: 1, threshold: 0.48, margin: 0.52 }],
    denied: [{ ...term, kind: 'deny', author: 'mod' }],
    allowed: [{ ...term, kind: 'allow-here', author: 'haechi' }],
    evidence: [{ filter: 'links', score: 0.5, value: 1, limit: 1, detail: 'a.example' }],
  })

  expect(shown).toContain("none: one letter alone says nothing; the same user's next messages decide")
  expect(shown).toContain('abusive 1.000, threshold 0.480, margin +0.520: a denied term is certain')
  expect(shown).toContain('denied   0..3 "시발점" in the canonical view: deny "시발점" by mod')
  expect(shown).toContain('allowed  0..3 "시발점" in the canonical view: allow-here "시발점" by haechi')
  expect(shown).toContain('filter links: score 0.5, value 1, limit 1, "a.example"')
})

test('a text of which nothing fired says so', () => {
  expect(plain({ verdict: 'clean', fired: [], spans: [] })).toContain(
    'nothing: no score reaches its threshold',
  )
})

test('of very many windows people see those that say most', () => {
  const many = Array.from({ length: 100 }, (_, i) =>
    windowOf({ start: i, text: `row${i}`, scores: scoresOf(i / 200, 0) }),
  )
  const shown = plain({ windows: [...many, windowOf({ text: 'winner', won: ['mild'] })] })

  expect(shown).toContain('winner')
  expect(shown).toContain('row99')
  expect(shown).not.toContain('"row1"')
  expect(shown).toContain('and 77 that score lower; --json has all')
})
