import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Message } from '../src/domain/message.js'
import { MessageJudge } from '../src/judging.js'
import type { Backend } from '../src/model/backend.js'
import { type Batcher, createBatcher } from '../src/model/batcher.js'
import { createClassifier } from '../src/model/classifier.js'
import { thresholdsByKind } from '../src/model/judge.js'
import { createLinear, type LinearModel } from '../src/model/linear.js'
import { startOnnxBackend } from '../src/model/onnx-backend.js'
import { perCategory } from '../src/model/per-category.js'
import { type ChannelSettings, DEFAULT_CHANNEL_SETTINGS } from '../src/policy/channel-settings.js'
import { createChannels } from '../src/policy/channels.js'
import type { MappedText } from '../src/text/mapped-text.js'
import { TINY_SECTION, tinyRows } from './model/tiny-linear.js'
import { TINY_MODEL, tinyEncode } from './model/tiny-model.js'

let backend: Backend
let batcher: Batcher
beforeAll(async () => {
  backend = await startOnnxBackend({ modelPath: TINY_MODEL })
  batcher = createBatcher(backend, { maxDelayMs: 0 })
})
afterAll(() => backend.close())

const VERSIONS = { model: 'tiny@1', tokenizer: 't', canonicaliser: '1', thresholds: 'h' }

/** Views are lower-cased, and the tiny model's words are capitals: `p` is profanity, `i` an insult. */
const encode = (text: MappedText) =>
  tinyEncode({
    ...text,
    codePoints: text.codePoints.map((point) => (point >= 97 && point <= 122 ? point - 32 : point)),
  })

const setUp = (own: Partial<ChannelSettings> = {}, linear?: LinearModel, boardAbusive = 0.5) => {
  const stages: string[] = []
  const channels = createChannels(DEFAULT_CHANNEL_SETTINGS, { own })
  const classifier = createClassifier({
    artifact: {
      calibration: perCategory(() => ({ scale: 1, bias: 0 })),
      window: { tokens: 32, stride: 24 },
    },
    encode,
    batcher,
    cacheSize: 100,
    linear,
  })
  const judge = new MessageJudge({
    classifier,
    thresholds: thresholdsByKind(
      perCategory(() => 0.5),
      { abusive: boardAbusive },
    ),
    versions: VERSIONS,
    channels,
    onStage: (stage) => stages.push(stage),
  })
  return { judge, channels, stages }
}

const says = (text: string, fields: Partial<Message> = {}): Message => ({
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

test('a clean message has low scores, no spans, and every version', async () => {
  const { judge, channels } = setUp()

  const judgement = await judge.message(says('안녕 하세요'))

  expect(judgement).toMatchObject({
    verdict: 'clean',
    spans: [],
    denied: [],
    isTruncated: false,
    path: 'model',
  })
  expect(judgement.scores.abusive).toBeLessThan(0.5)
  expect(judgement.versions).toEqual({ ...VERSIONS, rules: channels('own').version })
})

test('an abusive word is a flag, with its place in the original text', async () => {
  const { judge, stages } = setUp()

  const { verdict, spans } = await judge.message(says('😀😀 안녕 Px'))

  expect(verdict).toBe('flag')
  expect(spans).toEqual([{ start: 6, end: 8, category: 'profanity', view: 'canonical' }])
  expect(stages).toEqual(['canonicalise', 'aggregate'])
})

test('the same text again comes from the cache, with the same result', async () => {
  const { judge } = setUp()

  const first = await judge.message(says('또 p'))
  const second = await judge.message(says('또 p'))

  expect([first.path, second.path]).toEqual(['model', 'cache'])
  expect({ ...second, path: '' }).toEqual({ ...first, path: '' })
})

test('a message that the linear stage clears was judged by the model, also when it comes again', async () => {
  const { judge } = setUp({}, createLinear(TINY_SECTION, tinyRows({ p: { code: 1, profanity: 127 } })))

  const judgements = [
    await judge.message(says('안녕 하세요')),
    await judge.message(says('안녕 하세요')),
    await judge.message(says('또 p')),
    await judge.message(says('또 p')),
  ]

  expect(judgements.map(({ path }) => path)).toEqual(['model', 'model', 'model', 'cache'])
  expect(judgements.map(({ verdict }) => verdict)).toEqual(['clean', 'clean', 'flag', 'flag'])
})

test("a channel's own threshold counts: what is not abusive enough for it is mild", async () => {
  const { judge } = setUp({ thresholds: { abusive: 0.995 } })

  const here = await judge.message(says('안녕 p'))
  const elsewhere = await judge.message(says('안녕 p', { channel: { id: 'other', name: 'other' } }))

  expect([here.verdict, elsewhere.verdict]).toEqual(['mild', 'flag'])
  expect(here.spans).toEqual([])
  expect(here.thresholds.abusive).toBe(0.995)
})

test("a board post has the model's thresholds for posts, unless its channel has its own", async () => {
  const { judge } = setUp({ thresholds: { hate: 0.3 } }, undefined, 0.99)
  const { judge: own } = setUp({ thresholds: { abusive: 0.5 } }, undefined, 0.99)

  const chat = await judge.message(says('안녕 p'))
  const post = await judge.message(says('안녕 p', { source: 'board' }))
  const ownPost = await own.message(says('안녕 p', { source: 'board' }))

  expect(post.scores).toEqual(chat.scores)
  expect([chat, post, ownPost].map(({ verdict }) => verdict)).toEqual(['flag', 'mild', 'flag'])
  expect([chat, post].map(({ thresholds }) => thresholds.abusive)).toEqual([0.5, 0.99])
  expect([chat, post].map(({ thresholds }) => thresholds.hate)).toEqual([0.3, 0.3])
})

test('a denied term is certain: a flag with its span, whatever the model says', async () => {
  const { judge } = setUp({ terms: [{ kind: 'deny', text: '무관팀', author: 'mod' }] })

  const judgement = await judge.message(says('역시 무관팀'))

  expect(judgement).toMatchObject({ verdict: 'flag', denied: ['무관팀'], path: 'rules' })
  expect(judgement.scores.abusive).toBe(1)
  expect(judgement.spans).toContainEqual({ start: 3, end: 6, category: 'abusive', view: 'canonical' })
})

test('a term that several views hold is seen in the first of them', async () => {
  const { judge } = setUp({ terms: [{ kind: 'deny', text: '무관팀', author: 'mod' }] })

  const { spans, views } = await judge.message(says('무관팀 시1작'))

  expect(views.length).toBeGreaterThan(1)
  expect(spans).toContainEqual({ start: 0, end: 3, category: 'abusive', view: 'canonical' })
})

test('an allowed term is not shown to the model, and only itself', async () => {
  const { judge } = setUp({ terms: [{ kind: 'allow-here', text: '한p한', author: 'mod' }] })

  const allowed = await judge.message(says('이 한p한 말'))
  const both = await judge.message(says('이 한p한 px'))

  expect(allowed.verdict).toBe('clean')
  expect(both).toMatchObject({ verdict: 'flag', spans: [{ start: 6, end: 8 }] })
})

test('an emote is no word, whatever its name', async () => {
  const { judge } = setUp()

  const emote = await judge.message(says('p 안녕', { emotes: [{ id: '1', start: 0, end: 1 }] }))
  const word = await judge.message(says('p 안녕'))

  expect([emote.verdict, word.verdict]).toEqual(['clean', 'flag'])
})

test('a title counts as the text does; its spans say that they are in the title', async () => {
  const { judge } = setUp()

  const judgement = await judge.message(says('안녕하세요', { source: 'board', title: '제목 ix' }))

  expect(judgement.verdict).toBe('flag')
  expect(judgement.spans).toEqual([{ start: 3, end: 5, category: 'insult', view: 'title' }])
})

test('chat is judged on its first 500 code points and says so; a board post on all windows', async () => {
  const { judge } = setUp()
  const text = `${'가나 '.repeat(300)}p`

  const chat = await judge.message(says(text))
  const board = await judge.message(says(text, { source: 'board' }))

  expect(chat).toMatchObject({ isTruncated: true })
  expect(chat.spans.every(({ end }) => end <= 500)).toBe(true)
  expect(board).toMatchObject({ verdict: 'flag', isTruncated: false })
})

test('joined fragments are judged as one text, whose evidence is the whole last message', async () => {
  const { judge } = setUp()

  const judgement = await judge.joined(says('😀+'), '++')

  expect(judgement.verdict).toBe('flag')
  expect(judgement.spans).toEqual([{ start: 0, end: 2, category: 'abusive', view: 'window' }])
})

test('joined fragments must be surer than a message', async () => {
  const message = says('xp')
  const { scores } = await setUp().judge.message(message)
  const { judge } = setUp({ thresholds: { abusive: scores.abusive - 0.0002 } })

  const alone = await judge.message(message)
  const joined = await judge.joined(message, 'xp')

  expect(joined.scores).toEqual(alone.scores)
  expect([alone.verdict, joined.verdict]).toEqual(['flag', 'mild'])
})

test('Latin fragments must be surer by a quarter of what the threshold lacks to 1', async () => {
  const { scores } = await setUp().judge.message(says('xp'))
  const verdictAt = async (share: number) => {
    const { judge } = setUp({ thresholds: { abusive: (scores.abusive - share) / (1 - share) } })
    return (await judge.joined(says('xp'), 'xp')).verdict
  }

  expect([await verdictAt(0.26), await verdictAt(0.24)]).toEqual(['flag', 'mild'])
})

test('nothing is explained for joined fragments', async () => {
  const { judge, stages } = setUp()

  await judge.joined(says('x'), 'px')

  expect(stages).toEqual(['canonicalise'])
})

test('a lone letter is not judged, a denied one is', async () => {
  const { judge } = setUp({ terms: [{ kind: 'deny', text: 'q', author: 'mod' }] })

  expect((await judge.message(says('p!'))).scores.abusive).toBe(0)
  expect((await judge.message(says('q!'))).verdict).toBe('flag')
})

test('an empty text is clean', async () => {
  const { judge } = setUp()

  expect(await judge.message(says(''))).toMatchObject({ verdict: 'clean', spans: [], isTruncated: false })
})

test('scores do not depend on what is judged at the same time', async () => {
  const texts = ['안녕', '안녕 p', 'i', '가나다라마바사아자차카타파하'.repeat(5), '']
  const alone = []
  for (const text of texts) alone.push((await setUp().judge.message(says(text))).scores)

  const { judge } = setUp()
  const together = await Promise.all(texts.map((text) => judge.message(says(text))))

  expect(together.map(({ scores }) => scores)).toEqual(alone)
})
