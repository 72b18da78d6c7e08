import { expect, test } from 'vitest'
import {
  DEFAULT_REPETITION,
  findRepetition,
  fingerprintOf,
  spokenOf,
} from '../../../src/policy/filters/repetition.js'
import { textOf } from './says.js'

const LIMITS = { characters: 20, phrases: 4, messages: 3, seconds: 10 }

const find = (text: string, settings = LIMITS, before: readonly (readonly [string, number])[] = []) =>
  findRepetition(
    textOf(text),
    spokenOf(textOf(text)),
    { sentAtMs: 100_000, fingerprint: fingerprintOf(spokenOf(textOf(text))) },
    before.map(([said, secondsAgo]) => ({
      sentAtMs: 100_000 - secondsAgo * 1000,
      fingerprint: fingerprintOf(spokenOf(textOf(said))),
    })),
    settings,
  )

test('one character is evidence from the limit on', () => {
  expect(find('와'.repeat(19))).toBeNull()
  expect(find('와'.repeat(20))).toEqual({
    filter: 'repetition',
    score: 0.5,
    value: 20,
    limit: 20,
    detail: 'characters',
  })
  expect(find('와'.repeat(40))).toMatchObject({ score: 1 })
})

test('one phrase is evidence from the limit on, with or without spaces and in the middle of a line', () => {
  expect(find('제발 이겨 제발 이겨 제발 이겨')).toBeNull()
  expect(find('제발 이겨 제발 이겨 제발 이겨 제발 이겨')).toMatchObject({
    value: 4,
    limit: 4,
    detail: 'phrases',
  })
  expect(find('아니 가자가자가자가자 진짜')).toMatchObject({ value: 4, detail: 'phrases' })
  expect(find('Buy now! BUY NOW!! buy now... buy now')).toMatchObject({ value: 4 })
})

test('laughter and tears are one stretched character, never a phrase', () => {
  for (const text of [
    'ㅋㅎㅋㅎㅋㅎㅋㅎㅋㅎ',
    'ㅠㅜㅠㅜㅠㅜㅠㅜㅠㅜ',
    '하하하하하하하하',
    'hahahahahahahaha',
    'LOLOLOLOLOL',
    '?!?!?!?!?!',
  ])
    expect(find(text)).toBeNull()
})

test('by default laughter may fill two lines of a chat window', () => {
  for (const laugh of ['ㅋ', 'ㅠ', 'ㅎ', 'ㄷ', 'w', '?'])
    expect(find(laugh.repeat(79), DEFAULT_REPETITION)).toBeNull()
  expect(find('ㅋ'.repeat(80), DEFAULT_REPETITION)).not.toBeNull()
})

test('emotes are for another filter', () => {
  const emotes = textOf('haruLove '.repeat(30), 'haruLove')

  expect(findRepetition(emotes, spokenOf(emotes), { sentAtMs: 0, fingerprint: null }, [], LIMITS)).toBeNull()
})

test('the same message is evidence from the limit on, whatever its marks, case and laughter', () => {
  expect(find('구독 눌러 주세요', LIMITS, [['구독 눌러 주세요', 2]])).toBeNull()
  expect(
    find('구독 눌러 주세요', LIMITS, [
      ['구독눌러주세요!!', 4],
      ['구독~ 눌러 주세요ㅋㅋ', 2],
      ['안녕하세요 여러분', 1],
    ]),
  ).toMatchObject({ value: 3, limit: 3, detail: 'messages' })
})

test('after the seconds it is forgotten', () => {
  expect(
    find('구독 눌러 주세요', LIMITS, [
      ['구독 눌러 주세요', 10],
      ['구독 눌러 주세요', 2],
    ]),
  ).toBeNull()
})

test('what is too short to mean anything may be said again', () => {
  for (const text of ['ㅇㅇ', 'ㅋㅋㅋㅋㅋㅋ', '와 대박', 'gg', '???', 'ㄹㅇㅋㅋ'])
    expect(
      find(
        text,
        LIMITS,
        Array.from({ length: 9 }, () => [text, 1] as const),
      ),
    ).toBeNull()
})

test('the worst of the three is told', () => {
  expect(find(`${'와'.repeat(20)} ${'제발이겨'.repeat(8)}`)).toMatchObject({ detail: 'phrases', score: 1 })
})
