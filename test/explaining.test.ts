import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Message } from '../src/domain/message.js'
import { createExplainer } from '../src/explaining.js'
import { MessageJudge } from '../src/judging.js'
import type { Backend } from '../src/model/backend.js'
import { type Batcher, createBatcher } from '../src/model/batcher.js'
import { createClassifier } from '../src/model/classifier.js'
import { thresholdsByKind } from '../src/model/judge.js'
import { startOnnxBackend } from '../src/model/onnx-backend.js'
import { perCategory } from '../src/model/per-category.js'
import type { SecondOpinion } from '../src/model/row-scorer.js'
import { DEFAULT_CHANNEL_SETTINGS, type Term } from '../src/policy/channel-settings.js'
import { createChannels } from '../src/policy/channels.js'
import type { MappedText } from '../src/text/mapped-text.js'
import { TINY_MODEL, tinyEncode } from './model/tiny-model.js'

let backend: Backend
let batcher: Batcher
beforeAll(async () => {
  backend = await startOnnxBackend({ modelPath: TINY_MODEL })
  batcher = createBatcher(backend, { maxDelayMs: 0 })
})
afterAll(() => backend.close())

/** The tiny model knows capitals, and views are lower-cased: `p` is profanity. */
const encode = (text: MappedText) =>
  tinyEncode({
    ...text,
    codePoints: text.codePoints.map((point) => (point >= 97 && point <= 122 ? point - 32 : point)),
  })

const explain = (
  text: string,
  terms: readonly Term[] = [],
  fields: Partial<Message> = {},
  second?: SecondOpinion,
) => {
  const channels = createChannels(DEFAULT_CHANNEL_SETTINGS, { own: { terms } })
  const artifact = {
    calibration: perCategory(() => ({ scale: 1, bias: 0 })),
    window: { tokens: 32, stride: 24 },
  }
  const classifier = createClassifier({ artifact, encode, batcher, cacheSize: 100, second })
  const judge = new MessageJudge({
    classifier,
    thresholds: thresholdsByKind(perCategory(() => 0.5)),
    versions: { model: 'tiny@1', tokenizer: 't', canonicaliser: '2', thresholds: 'h' },
    channels,
  })
  const explainer = createExplainer({ judge, classifier, channels, encode, pieceOf: (id) => `#${id}` })
  return explainer.explain({
    id: 'm',
    source: 'twitch',
    channel: { id: 'own', name: 'own' },
    author: { id: 'u', name: 'u', roles: [] },
    text,
    emotes: [],
    sentAt: '2026-05-01T12:00:00Z',
    sentAtMs: Date.parse('2026-05-01T12:00:00Z'),
    ...fields,
  })
}

test('what fired is named with its window, in the original text', async () => {
  const { verdict, fired, spans } = await explain('좋은 하루 PA 되세요')

  expect(verdict).toBe('flag')
  expect(fired.map(({ category }) => category)).toEqual(['abusive', 'profanity'])
  expect(fired[0]?.window).toMatchObject({ view: 'canonical', text: expect.stringContaining('p') })
  expect(spans.map(({ text }) => text)).toEqual(['PA'])
})

test('every score of the verdict is that of the window that won it', async () => {
  const { scores, windows } = await explain('하나 둘 셋 넷 다섯 P 여섯 일곱 여덟 아홉 열')

  expect(windows.length).toBeGreaterThan(2)
  for (const { won, scores: own } of windows)
    for (const category of won) expect(own[category]).toBe(scores[category])
  expect(windows.flatMap(({ won }) => won).toSorted()).toEqual(Object.keys(scores).toSorted())
})

test('what a second model decided says so, in its window and where it fired', async () => {
  const section = {
    band: { low: 0.5, high: 1 },
    share: perCategory(() => 1),
    calibration: perCategory(() => ({ scale: 1, bias: 0 })),
  }

  const { windows, fired } = await explain('하나 둘 셋 넷 다섯 P 여섯', [], {}, { section, batcher })

  for (const { decidedBy, scores } of windows)
    expect(decidedBy).toBe(scores.abusive > 0.5 ? 'second' : 'network')
  expect(new Set(windows.map(({ decidedBy }) => decidedBy))).toEqual(new Set(['network', 'second']))
  expect(fired.map(({ window }) => window?.decidedBy)).toEqual(['second', 'second'])
})

test('each view has its map and tokens, and names what it leaves out', async () => {
  const { views } = await explain('시1발 하')

  expect(views.map(({ name, text, lost }) => [name, text, lost])).toEqual([
    ['canonical', '시1발 하', []],
    ['joined', '시발 하', [{ start: 1, end: 2, text: '1' }]],
  ])
  expect(views[1]?.map).toEqual([
    { start: 0, end: 1, rawStart: 0, rawEnd: 1 },
    { start: 1, end: 4, rawStart: 2, rawEnd: 5 },
  ])
  expect(views[1]?.tokens.map(({ start, end }) => [start, end])).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
  ])
})

test('a denied term fires without a window, and is named with its author', async () => {
  const { fired, denied, scores } = await explain('무관팀 답다', [
    { kind: 'deny', text: '무관팀', author: 'mod' },
  ])

  expect(scores.abusive).toBe(1)
  expect(fired).toEqual([{ category: 'abusive', score: 1, threshold: 0.5, margin: 0.5 }])
  expect(denied).toEqual([
    { start: 0, end: 3, text: '무관팀', view: 'canonical', kind: 'deny', term: '무관팀', author: 'mod' },
  ])
})

test('an allowed term is shown with what remains to be judged', async () => {
  const terms: readonly Term[] = [{ kind: 'allow-once', text: 'ppp', author: 'mod', messageId: 'm' }]

  const once = await explain('PPP 가 나', terms)
  const other = await explain('PPP 가 나', terms, { id: 'another' })

  expect([once.verdict, once.views[0]?.judged, once.allowed.length]).toEqual(['clean', '  가 나', 1])
  expect([other.verdict, other.views[0]?.judged, other.allowed.length]).toEqual(['flag', undefined, 0])
})

test('a lone letter is left to the user window, and nothing else is', async () => {
  const [letter, word] = await Promise.all([explain('시'), explain('시발')])

  expect([letter.leftToUserWindow, letter.windows]).toEqual([true, []])
  expect(word.leftToUserWindow).toBe(false)
})

test('of a text that is too long, what is not judged is not called lost', async () => {
  const { truncated, views } = await explain('가 '.repeat(400))

  expect(truncated).toBe(true)
  expect(views[0]?.lost.every(({ end }) => end <= 500)).toBe(true)
})
