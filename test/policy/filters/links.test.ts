import { expect, test } from 'vitest'
import { DEFAULT_LINKS, findLinks, type LinksSettings } from '../../../src/policy/filters/links.js'
import { says } from './says.js'

const find = (text: string, settings: Partial<LinksSettings> = {}, fields: Parameters<typeof says>[1] = {}) =>
  findLinks(says(text, fields), { ...DEFAULT_LINKS, ...settings })

test('one link is at the limit, two are twice it, and the first host is told', () => {
  expect(find('링크 없음')).toBeNull()
  expect(find('봐봐 https://evil.example/a?b')).toEqual({
    filter: 'links',
    score: 0.5,
    value: 1,
    limit: 1,
    detail: 'evil.example',
  })
  expect(find('http://a.example 그리고 shop.kr/x')).toMatchObject({ score: 1, value: 2 })
})

test.each([
  ['without a scheme', 'discord.gg/abcdef', 'discord.gg'],
  ['in capitals', 'HTTPS://EVIL.EXAMPLE', 'evil.example'],
  ['full-width, with ideographic stops', 'ｅｖｉｌ。ｃｏｍ', 'evil.com'],
  ['with invisible characters inside', 'ev\u200bil\u00ad.com', 'evil.com'],
  ['glued to Hangul', '여기로와evil.com', 'evil.com'],
  ['in another script', 'https://пример.рф/а', 'xn--e1afmkfd.xn--p1ai'],
  ['with a permitted name before an @', 'https://youtube.com@evil.example/', 'evil.example'],
  ['with a permitted name as its path', 'https://evil.example/youtube.com', 'evil.example'],
  ['with a permitted name as its subdomain', 'https://youtube.com.evil.example', 'youtube.com.evil.example'],
  ['with a permitted name as its ending', 'https://notyoutube.com', 'notyoutube.com'],
  ['with a backslash', 'https://evil.example\\@youtube.com', 'evil.example'],
  ['with an @ in its path', 'evil.example.com/@', 'evil.example.com'],
  ['to a profile, without a scheme', 'www.tiktok.com/@somebody/video/1', 'www.tiktok.com'],
  ['with a mail address in its query', 'discord.gg?u=me@mail.com', 'discord.gg'],
  ['that ends in an @', 'www.evil.com@', 'www.evil.com'],
  ['with a port before an @', 'evil.com:80@x.com', 'x.com'],
  ['glued to a permitted one', 'https://youtube.com/|https://evil.example', 'evil.example'],
  ['glued to the host of a permitted one', 'www.youtube.com|http://evil.example', 'evil.example'],
  ['that no browser would follow', 'https://[youtube.com', ''],
])('a link %s is found, and goes where a browser would', (_, text, host) => {
  expect(find(text, { permitDomains: ['youtube.com'] })).toMatchObject({ detail: host })
})

test('a particle after a host is no part of it, but a name in Hangul is', () => {
  const permitDomains = ['youtube.com']

  expect(find('https://youtube.com으로 와', { permitDomains })).toBeNull()
  expect(find('https://youtube.com에/서 와', { permitDomains })).toBeNull()
  expect(find('https://youtube.com으로.evil.example', { permitDomains })).not.toBeNull()
  expect(find('https://해치.한국', { permitDomains })).toMatchObject({ detail: 'xn--v96b13k.xn--3e0b707e' })
})

test('a permitted domain is permitted with its subdomains, its port and a dot at its end', () => {
  for (const text of [
    'youtube.com',
    'https://www.youtube.com/watch?v=1',
    'http://youtube.com.:80/',
    'm.youtube.com/a',
    'youtube.com/@somebody',
    'https://youtube.com/@somebody',
  ])
    expect(find(text, { permitDomains: ['youtube.com'] })).toBeNull()
})

test('what follows a link is no part of its host', () => {
  for (const text of [
    'https://youtube.com, 봐',
    '(https://youtube.com)',
    'www.youtube.com으로!',
    'http://youtube.com😀',
  ])
    expect(find(text, { permitDomains: ['youtube.com'] })).toBeNull()
})

test('links without a space between are counted each', () => {
  expect(find('https://a.example/|https://b.example')).toMatchObject({ value: 2, detail: 'a.example' })
  expect(find('https://https://a.example')).toMatchObject({ value: 1, detail: 'a.example' })
})

test('mail addresses, versions, times, prices and clipped sentences are no links', () => {
  for (const text of [
    'me@mail.example.com',
    'www.me@mail.example.com',
    'v1.2.3 나옴',
    '9.30 시작',
    '3.5만원',
    '그래.너도',
    'node.js',
    'ok...me',
  ])
    expect(find(text)).toBeNull()
})

test('a permit holds for its user until it ends, by the time of the message', () => {
  const permits = [{ userId: 'u', until: '2026-05-01T12:00:01Z', author: 'mod' }]

  expect(find('a.com', { permits })).toBeNull()
  expect(find('a.com', { permits }, { sentAtMs: Date.parse('2026-05-01T12:00:01Z') })).not.toBeNull()
  expect(find('a.com', { permits }, { author: { id: 'v', name: 'v', roles: [] } })).not.toBeNull()
})

test('permitted roles may post any link', () => {
  const author = { id: 'u', name: 'u', roles: ['subscriber'] } as const

  expect(find('a.com', {}, { author })).not.toBeNull()
  expect(find('a.com', { permitRoles: ['subscriber'] }, { author })).toBeNull()
})

test.each(['https://', 'www.', ',', '@', 'a.com/@', 'http://a', 'a@', '.a'])(
  'a long text of %s is read in no time',
  (piece) => {
    const start = performance.now()

    find(piece.repeat(5_000), {}, { source: 'board' })

    expect(performance.now() - start).toBeLessThan(1_000)
  },
)
