import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runHaechi } from '../fixtures/haechi-run.js'

// `haechi score` as built, from outside: `npm run build` comes first.

const scores = z.record(
  z.enum(['abusive', 'profanity', 'insult', 'hate', 'sexual', 'threat', 'mild']),
  z.number().min(0).max(1),
)
const scored = z.object({
  id: z.unknown(),
  verdict: z.enum(['clean', 'mild', 'flag']),
  scores,
  spans: z.array(z.object({ start: z.int(), end: z.int(), category: z.string(), view: z.string() })),
  truncated: z.literal(true).optional(),
  versions: z.strictObject({
    model: z.string().min(1),
    tokenizer: z.string().min(1),
    canonicaliser: z.string().min(1),
    thresholds: z.string().min(1),
    rules: z.string().min(1),
  }),
})

const parsed = (line: string): z.infer<typeof scored> => scored.parse(JSON.parse(line))

describe('haechi score', () => {
  test('flags a swear word with a digit in it, and its span covers exactly that word', async () => {
    const { code, stdout } = await runHaechi(['score', '--json'], { input: '시1발 뭐하냐\n' })

    const { verdict, spans } = parsed(stdout)
    expect({ code, verdict }).toEqual({ code: 0, verdict: 'flag' })
    expect(spans.map(({ start, end }) => [start, end])).toEqual([[0, 3]])
    expect(spans[0]?.view).toMatch(/^(canonical|joined|shape|keyboard|raw)$/)
  })

  test('leaves an innocent word alone that begins like one', async () => {
    const { stdout } = await runHaechi(['score', '--json', '시발점부터 다시 보자'])

    expect(parsed(stdout).verdict).toBe('clean')
  })

  test('does not read standard input when it is given texts', async () => {
    const { code, stdout } = await runHaechi(['score', '--json', '안녕하세요', '좋은 하루'])

    expect(code).toBe(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => parsed(line).id),
    ).toEqual(['1', '2'])
  })

  test('for people it quotes the evidence, and no escape sequence of the text reaches the terminal', async () => {
    const { stdout } = await runHaechi(['score', '너 진짜 병신 새끼야', '\u001b[31m빨강\u001b[0m\u0007'])

    expect(stdout).toMatch(/^flag {2}"너 진짜 병신 새끼야"/)
    expect(stdout).toMatch(/5\.\.\d+ "병신.*": \w+, seen in the canonical view/)
    for (const control of ['\u001b', '\u0007']) expect(stdout).not.toContain(control)
  })
})

const jsonl = async (
  lines: readonly (object | string | Buffer)[],
  args: readonly string[] = [],
  end = '\n',
) => {
  const parts = lines.flatMap((line) => [
    Buffer.isBuffer(line) || typeof line === 'string' ? Buffer.from(line) : Buffer.from(JSON.stringify(line)),
    Buffer.from(end),
  ])
  const { code, stdout, stderr } = await runHaechi(['score', '--jsonl', ...args], {
    input: Buffer.concat(parts),
  })
  const output = stdout.split('\n').slice(0, -1)
  return { code, stderr, output, answers: output.map((line): unknown => JSON.parse(line)) }
}

const ABUSE = '야 이 병신 새끼야 꺼져'
const SMALL_TALK = '오늘은 점심으로 김치찌개를 먹었는데 정말 맛있었습니다. '

describe('haechi score --jsonl', () => {
  test('answers each line in its place, over more lines than one block, with the id it had', async () => {
    const lines = Array.from({ length: 1_300 }, (_, n) => ({
      id: n % 2 ? `line-${n}` : n,
      text: `${n}번째 줄`,
    }))

    const { code, output } = await jsonl(lines)

    expect(code).toBe(0)
    expect(output.map((line) => parsed(line).id)).toEqual(lines.map(({ id }) => id))
  })

  test('a line that cannot be scored gets an error in its place, and the run exits 65', async () => {
    const { code, stderr, answers } = await jsonl([
      { id: 'good', text: ABUSE },
      '[1, 2]',
      '"안녕"',
      'null',
      { id: 'no text', txt: 1 },
      { id: 'not a string', text: 42 },
      '{"id": "cut",',
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
      '',
      { id: 'last', text: '안녕' },
    ])

    expect(code).toBe(65)
    expect(stderr).toMatch(/8 of 10 lines/)
    const failed = (code: string, id?: string) => ({
      ...(id === undefined ? {} : { id }),
      error: { code, detail: expect.any(String) },
    })
    expect(answers).toEqual([
      expect.objectContaining({ id: 'good', verdict: 'flag' }),
      failed('schema'),
      failed('schema'),
      failed('schema'),
      failed('schema', 'no text'),
      failed('schema', 'not a string'),
      failed('decode'),
      failed('decode'),
      failed('decode'),
      expect.objectContaining({ id: 'last', verdict: 'clean' }),
    ])
  })

  test('every object with a string text gets a verdict, whatever else it holds', async () => {
    const { code, output } = await jsonl([
      { text: '' },
      '{"text": "\\ud83d 안녕"}',
      '{"__proto__": {"a": 1}, "text": "안녕"}',
      { text: '안녕', id: null, user: 5, channel: [], source: {}, sentAt: 'soon', emotes: 'none' },
      { text: '\u2028안녕\u2029\u0000' },
      { text: '안녕', sentAt: '2999-01-01T00:00:00Z' },
      `{"text": "안녕", "id": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ])

    expect(code).toBe(0)
    expect(output.map((line) => parsed(line).verdict)).toEqual(Array(7).fill('clean'))
  })

  test('lines end at line feeds only: CRLF is read, and U+2028 may stand raw inside a line', async () => {
    const { code, output } = await jsonl(
      ['{"id": 1, "text": "안녕\u2028하세요"}', '{"id": 2, "text": "네"}'],
      [],
      '\r\n',
    )

    expect(code).toBe(0)
    expect(output.map((line) => parsed(line).id)).toEqual([1, 2])
  })

  test('a last line without its end is read, and no line gives no output', async () => {
    const open = await jsonl([{ text: '안녕' }], [], '')
    const none = await jsonl([])

    expect(open.output).toHaveLength(1)
    expect(none).toMatchObject({ code: 0, output: [] })
  })

  test('a board post is judged to its end, chat on its first 500 code points', async () => {
    const text = SMALL_TALK.repeat(60) + ABUSE

    const { output } = await jsonl([
      { source: 'board', text },
      { source: 'board', text: SMALL_TALK.repeat(60) },
      { text },
    ])

    const [post, innocent, chat] = output.map(parsed)
    expect(post).toMatchObject({ verdict: 'flag' })
    expect(post).not.toHaveProperty('truncated')
    for (const { start } of post?.spans ?? []) expect(start).toBeGreaterThanOrEqual(SMALL_TALK.length * 60)
    expect(innocent).toMatchObject({ verdict: 'clean' })
    expect(chat).toMatchObject({ verdict: 'clean', truncated: true })
  })

  test('a text over 10,000 code points is cut, and the verdict says so', async () => {
    const { output } = await jsonl([
      { source: 'board', text: '😀가'.repeat(6_000) },
      { source: 'board', text: '😀가'.repeat(5_000) },
    ])

    expect(output.map((line) => parsed(line).truncated)).toEqual([true, undefined])
  })

  test('with --users the fragments of one user are read together, and never those of two', async () => {
    const say = (text: string, user: string, second: number, channel = 'c') => ({
      text,
      user,
      channel,
      sentAt: `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`,
    })

    const { output } = await jsonl(
      [
        say('시', 'one', 1),
        say('발', 'one', 2),
        say('시', 'two', 3),
        say('발', 'three', 4),
        say('발', 'two', 5, 'elsewhere'),
        say('발', 'two', 59),
      ],
      ['--users'],
    )

    const verdicts = output.map(parsed)
    expect(verdicts.map(({ verdict }) => verdict === 'flag')).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
    ])
    expect(verdicts[1]?.spans).toEqual([{ start: 0, end: 1, category: 'abusive', view: 'window' }])
  })

  test('the same fragments in two blocks are read together too', async () => {
    const filler = Array.from({ length: 600 }, (_, n) => ({ text: `${n}번 줄`, user: `u${n}`, channel: 'c' }))
    const at = (second: number) => `2026-01-01T00:00:0${second}Z`
    const one = { user: 'one', channel: 'c' }

    const { output } = await jsonl(
      [{ ...one, text: '시', sentAt: at(1) }, ...filler, { ...one, text: '발', sentAt: at(2) }],
      ['--users'],
    )

    expect(output.map(parsed).at(-1)?.verdict).toBe('flag')
  })
})
