import { describe, expect, test } from 'vitest'
import type { Term } from '../../src/policy/channel-settings.js'
import { DEFAULT_TERMS } from '../../src/policy/default-terms.js'
import type { TermScope } from '../../src/policy/term-words.js'
import { compileTerms } from '../../src/policy/terms.js'
import { renderText } from '../../src/text/special-tokens.js'
import { wordWindows } from '../../src/text/word-windows.js'
import { allow, deny, viewsOf } from './own-terms.js'

const SOMEBODY: TermScope = { messageId: 'm1', userId: 'u', atMs: Date.parse('2026-05-01T12:00:00Z') }

const apply = (terms: readonly Term[], text: string, scope: TermScope = SOMEBODY) =>
  compileTerms(terms).apply(viewsOf(text), scope)

/** What is judged of a text under the built-in terms, by view. */
const judged = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(apply(DEFAULT_TERMS, text).views.map((view) => [view.name, renderText(view.text)]))

const deniedIn = (terms: readonly Term[], text: string, scope?: TermScope): readonly string[] => [
  ...new Set(apply(terms, text, scope).denied.map(({ term }) => term.text)),
]

describe('an allowed word discounts its own span only', () => {
  test.each([
    ['시발점 시발', '  시발'],
    ['시발 시발점', '시발  '],
    ['새끼손가락새끼', ' 새끼'],
    ['새끼 새끼손가락', '새끼  '],
    ['시발점,시발', ' ,시발'],
    ['시발점은 시발역에서', ' 은  에서'],
    ['시 시발점 발', '시   발'],
    ['새끼손가락 새끼손가락', '   '],
    ['we read moby dick, dick', 'we read  , dick'],
    ['고추 씨 발아 온도가', '고추  가'],
  ])('%s is judged as %j', (text, expected) => {
    expect(judged(text).canonical).toBe(expected)
  })

  test('what stood around it is not glued, in any view', () => {
    const { views } = apply([allow('새끼손가락')], '새새끼손가락끼')

    for (const view of views) expect(renderText(view.text)).not.toContain('새끼')
  })

  test.each(['시발점수 왜 이래', '시발역겹다', '이새끼줄게', '시발점심'])(
    '%s only begins like an innocent compound, and is judged whole',
    (text) => {
      expect(judged(text).canonical).toBe(text)
    },
  )

  test.each(['시발점은', '시발점이다', '시발점부터', '시발점ㅋㅋ', '시발점!', '시발역에서', '새끼줄로'])(
    '%s is the compound with what follows a noun',
    (text) => {
      expect(judged(text).canonical).not.toContain(text.slice(0, 3))
    },
  )

  test('word windows of what remains hold no letter of it', () => {
    const [canonical] = apply(DEFAULT_TERMS, '하나 둘 시발점 셋 넷 다섯 여섯 일곱').views
    const windows = canonical === undefined ? [] : wordWindows(canonical.text)

    expect(windows.length).toBeGreaterThan(1)
    for (const { codePoints } of windows) expect(String.fromCodePoint(...codePoints)).not.toMatch(/[시발점]/)
  })
})

describe('a word that ships as allowed begins its word', () => {
  test.each([
    ...['이새끼돼지냐', '이새끼돼지같이생겼네', '저새끼고양이같은놈', '씹새끼고양이', '개새끼강아지'],
    ...[
      '이새끼줄이나서라',
      '이새끼줄도모르네',
      '이새끼손가락',
      '새끼새끼손가락',
      'fuck새끼고양이',
      'é새끼줄',
    ],
  ])('%s is judged whole', (text) => {
    const [canonical] = viewsOf(text)

    expect(judged(text).canonical).toBe(canonical && renderText(canonical.text))
  })

  test.each(['병신처분해라', '병신년생각', '병신정변태', '시발택시발', '시바견제해', '시바이누구냐'])(
    '%s goes on as another word, and is judged whole',
    (text) => {
      expect(judged(text).canonical).toBe(text)
    },
  )

  test.each([
    ...[
      '새끼고양이다',
      '"새끼고양이"',
      '1새끼고양이',
      'ㅋㅋㅋ새끼고양이',
      'ㅠㅠ새끼손가락',
      '새끼손가락걸고',
    ],
    ...['2016년 병신년생이', '병신처분이란', '병신년 원숭이띠', '시발택시가', '시바견은', '시바이누랑'],
  ])('%s is innocent', (text) => {
    expect(judged(text).canonical).not.toMatch(/새끼|병신|시발|시바/)
  })

  test("a moderator's own word is allowed inside of any", () => {
    const [canonical] = apply([allow('새끼고양이')], '아기새끼고양이는').views

    expect(canonical && renderText(canonical.text)).toBe('아기 는')
  })
})

describe('in other views than the canonical one', () => {
  test('what is plainly allowed stays allowed, however the rest is written', () => {
    const { joined } = judged('시발점 시.작')

    expect(joined).toBe('  시작')
  })

  test('a compound with marks inside is allowed where it is read, and judged where it is not', () => {
    expect(judged('시1발점')).toMatchObject({ canonical: '시1발점', joined: ' ' })
    expect(judged('시.발.점.부.터')).toMatchObject({ joined: ' 부터' })
  })

  test('a hidden word is not covered by the word that joining makes of it', () => {
    expect(judged('시1발.점심')).toMatchObject({ joined: '시발점심' })
    expect(judged('개시1발점')).toMatchObject({ joined: '개시발점' })
  })

  test('a compound typed on the other keyboard is allowed', () => {
    expect(judged('tlqkfwja')).toMatchObject({ keyboard: ' ' })
  })
})

describe('where terms overlap', () => {
  test('the longest allowed term wins, and only its span is discounted', () => {
    const [canonical] = apply([allow('가나'), allow('나다라')], '가나다라').views

    expect(canonical && renderText(canonical.text)).toBe('가 ')
  })

  test('a denied term inside of a longer allowed one is discounted', () => {
    expect(deniedIn([allow('가나다'), deny('나다')], '가나다')).toEqual([])
  })

  test('a denied term that sticks out of the allowed one fires, with all of its span', () => {
    const { denied } = apply([allow('가나다'), deny('나다라')], '가나다라')

    expect(denied.map(({ span: { start, end } }) => [start, end])).toEqual([[1, 4]])
  })

  test('a denied term over two allowed ones fires', () => {
    expect(deniedIn([allow('가나'), allow('다라'), deny('나다')], '가나다라')).toEqual(['나다'])
  })

  test.each([
    ['the last one given decides', [deny('가나'), allow('가나')], []],
    ['also when it denies', [allow('가나'), deny('가나')], ['가나']],
    [
      'but what is allowed to the user goes first',
      [allow('가나', { kind: 'allow-user', userId: 'u' }), deny('가나')],
      [],
    ],
  ])('of two about the same word %s', (_, terms, expected) => {
    expect(deniedIn(terms, '가나')).toEqual(expected)
  })
})

describe('allow-once', () => {
  const terms = [deny('가나'), allow('가나', { kind: 'allow-once', messageId: 'm1' })]

  test('holds in the message it names, however often that is judged', () => {
    const rules = compileTerms(terms)

    for (let time = 0; time < 3; time += 1) expect(rules.apply(viewsOf('가나'), SOMEBODY).denied).toEqual([])
  })

  test('holds in no other message, of the same user neither', () => {
    expect(deniedIn(terms, '가나', { ...SOMEBODY, messageId: 'm2' })).toEqual(['가나'])
  })

  test('expires like every term', () => {
    const expired = terms.map((term) => ({
      ...term,
      ...(term.messageId ? { expires: '2026-05-01T12:00:00Z' } : {}),
    }))

    expect(deniedIn(expired, '가나')).toEqual(['가나'])
  })
})

test('what was allowed is reported with its place and view', () => {
  expect(apply(DEFAULT_TERMS, '아 시발점').allowed.map(({ term, span }) => [term.text, span])).toEqual([
    ['시발점', { start: 2, end: 5, category: 'abusive', view: 'canonical' }],
  ])
})
