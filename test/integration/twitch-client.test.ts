import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { ConfigError, UnavailableError } from '../../src/errors.js'
import type { Envelope } from '../../src/sources/envelope.js'
import { TwitchClient, type TwitchClientOptions } from '../../src/sources/twitch-client.js'
import { type IrcServer, type IrcServerOptions, startIrcServer } from '../fixtures/irc-server.js'
import { ROOMS, scriptLines } from './twitch-lines.js'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const serve = async (options: IrcServerOptions = {}): Promise<IrcServer> => {
  const server = await startIrcServer({ roomId: (channel) => ROOMS[channel] ?? '', ...options })
  closers.push(() => server.close())
  return server
}

const makeClient = (ircUrl: string, options: Partial<TwitchClientOptions> = {}) => {
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const hooks = { onConnected: vi.fn(), onReconnect: vi.fn(), onJoined: vi.fn() }
  const onFatal = vi.fn()
  const client = new TwitchClient({
    channels: ['#Haechi', 'raccoon'],
    ircUrl,
    log,
    hooks,
    onFatal,
    ...options,
  })
  closers.push(() => client.close())
  const envelopes: Envelope[] = []
  return { client, log, hooks, onFatal, envelopes, collect: (one: Envelope) => void envelopes.push(one) }
}

const bothJoined = (server: IrcServer): Promise<unknown> =>
  Promise.all(['haechi', 'raccoon'].map((channel) => server.joined(channel)))

const say = (server: IrcServer, id: string): void =>
  server.say({ channel: 'haechi', login: 'otter', text: id, tags: { id, 'room-id': '501', 'user-id': '7' } })

const arrived = (envelopes: readonly Envelope[], count: number): Promise<void> =>
  vi.waitFor(() => expect(envelopes.length).toBeGreaterThanOrEqual(count), { timeout: 10_000 })

test('a thousand lines arrive complete, in order, once each, with positions that cut out the emotes', async () => {
  const server = await serve()
  const { client, envelopes, collect } = makeClient(server.url)
  await client.start(collect)
  await bothJoined(server)
  const script = scriptLines(1000)

  for (const { line } of script) server.say(line)
  await arrived(envelopes, 1000)

  const read = envelopes.map(({ id, channel, author, text, emotes }) => ({
    id,
    key: `${channel.id}:${author.id}`,
    name: author.name,
    text,
    emotes: emotes.map(({ start, end }) => [...text].slice(start, end).join('')),
  }))
  expect(script.length).toBeGreaterThan(1000)
  expect(read).toEqual(script.flatMap(({ expected }) => expected ?? []))
})

test('without a login it reads anonymously, with one it sends the token', async () => {
  const server = await serve()
  const anonymous = makeClient(server.url)
  await anonymous.client.start(anonymous.collect)
  const named = makeClient(server.url, { login: { username: 'haechibot', token: 'oauth:abc123' } })
  await named.client.start(named.collect)

  expect(server.logins[0]?.nick).toMatch(/^justinfan\d+$/)
  expect(server.logins[1]).toEqual({ nick: 'haechibot', pass: 'oauth:abc123' })
})

test('a refused login is a configuration error that names the variable and not the token', async () => {
  const server = await serve({ accepts: () => false })
  const { client, hooks, collect } = makeClient(server.url, {
    login: { username: 'haechibot', token: 's3cret' },
  })

  const error = await client.start(collect).catch((reason: unknown) => reason)

  expect(error).toBeInstanceOf(ConfigError)
  expect(String(error)).toMatch(/TWITCH_TOKEN.*haechibot/)
  expect(String(error)).not.toContain('s3cret')
  expect(hooks.onReconnect).not.toHaveBeenCalled()
})

test('a login that is refused later is fatal and not tried again', async () => {
  let isValid = true
  const server = await serve({ accepts: () => isValid })
  const { client, onFatal, collect } = makeClient(server.url, {
    login: { username: 'haechibot', token: 'x' },
  })
  await client.start(collect)
  isValid = false

  server.cut()
  await vi.waitFor(() => expect(onFatal).toHaveBeenCalledTimes(1), { timeout: 5000 })

  await sleep(1500)
  expect(server.logins).toHaveLength(2)
})

test.each(['cut', 'askToReconnect'] as const)(
  'after the server does %s it comes back, once, and reads on',
  async (end) => {
    const server = await serve()
    const { client, hooks, envelopes, collect } = makeClient(server.url)
    await client.start(collect)
    await bothJoined(server)
    say(server, 'before')
    await arrived(envelopes, 1)

    server[end]()
    await vi.waitFor(() => expect(server.joins).toHaveLength(4), { timeout: 5000 })
    await bothJoined(server)
    say(server, 'after')
    await arrived(envelopes, 2)

    // tmi.js would bring a second connection of its own after a second.
    await sleep(2000)
    expect(server.logins).toHaveLength(2)
    expect(envelopes.map(({ id }) => id)).toEqual(['before', 'after'])
    expect(hooks.onReconnect.mock.calls).toEqual([[end === 'cut' ? 'lost' : 'requested']])
    expect(hooks.onConnected.mock.lastCall).toEqual([true])
    expect(hooks.onJoined.mock.lastCall).toEqual([2])
  },
)

test('it waits for a server that is away at the start', async () => {
  const first = await startIrcServer()
  const port = Number(new URL(first.url).port)
  await first.close()
  const { client, log, hooks, collect } = makeClient(first.url)
  const started = client.start(collect)
  await vi.waitFor(() => expect(log.warn).toHaveBeenCalled(), { timeout: 5000 })

  await serve({ port })
  await started

  expect(hooks.onReconnect).toHaveBeenCalledWith('unreachable')
})

test('closing while the server is away ends the start, and may be done twice', async () => {
  const { client, collect } = makeClient('ws://127.0.0.1:9')
  const started = client.start(collect).catch((reason: unknown) => reason)

  await client.close()
  await client.close()

  expect(await started).toBeInstanceOf(UnavailableError)
})

test('a reader that throws does not end the reading', async () => {
  const server = await serve()
  const { client, log } = makeClient(server.url)
  const ids: string[] = []
  await client.start(({ id }) => {
    ids.push(id)
    throw new TypeError('broken reader')
  })
  await bothJoined(server)

  for (const id of ['a', 'b']) say(server, id)
  await vi.waitFor(() => expect(ids).toEqual(['a', 'b']))

  expect(log.error).toHaveBeenCalledTimes(2)
})

test('lines that tmi.js fails on do not end the reading', async () => {
  const server = await serve()
  const { client, log, envelopes, collect } = makeClient(server.url)
  await client.start(collect)
  await bothJoined(server)

  server.sayRaw(':otter!otter@otter.tmi.twitch.tv PRIVMSG #haechi')
  server.sayRaw('@msg-id=sub;msg-param-sub-plan=1 :tmi.twitch.tv USERNOTICE #haechi :thanks')
  for (const line of ['', ':', '@a', 'PRIVMSG', '@a=b :x!x@x PRIVMSG #haechi :untagged']) server.sayRaw(line)
  say(server, 'still here')
  await arrived(envelopes, 1)

  expect(envelopes.map(({ id }) => id)).toEqual(['still here'])
  expect(log.error).toHaveBeenCalledTimes(2)
})

test.each(['wss://127.0.0.1:8443', 'ws://127.0.0.1:443', 'ws://127.0.0.1:80/irc'])(
  'the address %s, which tmi.js would not honour, is a configuration error',
  async (url) => {
    const { client, collect } = makeClient(url)

    await expect(client.start(collect)).rejects.toThrow(/TWITCH_IRC_URL/)
  },
)
