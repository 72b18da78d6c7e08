import { setTimeout as sleep } from 'node:timers/promises'
import tmi from 'tmi.js'
import { ConfigError } from '../errors.js'
import { type TwitchLine, tagText } from './twitch-message.js'

export interface TwitchLogin {
  readonly username: string
  /** With or without `oauth:`. */
  readonly token: string
}

/** Why a connection ended; `login` is final, the others are tried again. */
export type TwitchEnd = 'login' | 'requested' | 'unreachable' | 'lost'

export interface ConnectionEvents {
  onConnected(): void
  /** `roomId` is '' when the server told none. */
  onJoined(channel: string, roomId: string): void
  onNotice(channel: string, msgId: string): void
  onLine(line: TwitchLine): void
  /** tmi.js failed on what the server sent. */
  onUnreadable(error: unknown): void
  /** Once; `detail` is the server's own word on it. */
  onEnd(end: TwitchEnd, detail: string): void
}

export interface TwitchConnection {
  join(channel: string): void
  /** Resolves when the socket is closed, at the latest after a second; `onEnd` is not called. */
  close(): Promise<void>
}

const DEFAULT_URL = 'wss://irc-ws.chat.twitch.tv'
const CLOSE_WITHIN_MS = 1000

/** @throws ConfigError for what tmi.js cannot reach: it knows no path, and TLS on port 443 only */
const serverOf = (ircUrl = DEFAULT_URL): { server: string; port: number; secure: boolean } => {
  const { protocol, hostname, port, pathname } = new URL(ircUrl)
  const secure = protocol === 'wss:'
  if (pathname !== '/') throw new ConfigError([`TWITCH_IRC_URL: must be without a path, received ${ircUrl}`])
  if (secure !== ((port || (secure ? '443' : '80')) === '443')) {
    throw new ConfigError([
      `TWITCH_IRC_URL: must be wss:// on port 443 or ws:// on another, received ${ircUrl}`,
    ])
  }
  return { server: hostname, port: Number(port) || (secure ? 443 : 80), secure }
}

const LOGIN_FAILURE =
  /login (unsuccessful|authentication failed)|error logging in|improperly formatted auth|invalid nick/i

const endOf = (reason: string, wasConnected: boolean): TwitchEnd => {
  if (LOGIN_FAILURE.test(reason)) return 'login'
  // What tmi.js says after it closed the socket itself, which it does when the server sends RECONNECT.
  if (reason === 'Connection closed.') return 'requested'
  return wasConnected ? 'lost' : 'unreachable'
}

const silent = { info: () => {}, warn: () => {}, error: () => {} }

const createClient = (login: TwitchLogin | undefined, ircUrl: string | undefined): tmi.Client =>
  new tmi.Client({
    options: { skipUpdatingEmotesets: true, skipMembership: true },
    // One client is one connection: tmi.js's own reconnecting cannot be stopped once its timer runs.
    connection: { ...serverOf(ircUrl), reconnect: false },
    // tmi.js logs whole chat lines.
    logger: silent,
    ...(login === undefined ? {} : { identity: { username: login.username, password: login.token } }),
  })

/** What tmi.js throws on a line it does not expect would leave through the socket's callback and end the process. */
const catchParserErrors = (client: tmi.Client, onError: (error: unknown) => void): void => {
  if (!('handleMessage' in client) || typeof client.handleMessage !== 'function') return
  const handle: (message: unknown) => void = client.handleMessage.bind(client)
  client.handleMessage = (message: unknown): void => {
    try {
      handle(message)
    } catch (error) {
      onError(error)
    }
  }
}

type Guard = <A extends unknown[]>(handle: (...args: A) => void) => (...args: A) => void

const listen = (client: tmi.Client, events: ConnectionEvents, guard: Guard): void => {
  const onText = guard((channel: string, tags: TwitchLine['tags'], text: string) =>
    events.onLine({ channel, tags, text, receivedAtMs: Date.now() }),
  )
  const onRoom = (channel: string, state: { readonly 'room-id'?: unknown }): void =>
    events.onJoined(channel, tagText(state['room-id']))
  const onJoin = (channel: string, _: string, isSelf: boolean): void => {
    if (isSelf) events.onJoined(channel, '')
  }
  client.on('message', onText)
  // A line that carries bits is a `cheer` and no `message`.
  client.on('cheer', onText)
  client.on('connected', guard(events.onConnected))
  client.on('roomstate', guard(onRoom))
  client.on('join', guard(onJoin))
  client.on('notice', guard(events.onNotice))
}

/**
 * Opens one connection to Twitch chat, anonymous without a login. tmi.js stays behind this function.
 * @throws ConfigError when `ircUrl` cannot be used
 */
export const openTwitchConnection = (
  options: { readonly login?: TwitchLogin | undefined; readonly ircUrl?: string | undefined },
  events: ConnectionEvents,
): TwitchConnection => {
  const client = createClient(options.login, options.ircUrl)
  let isOver = false
  let wasConnected = false
  const guard: Guard =
    (handle) =>
    (...args) => {
      if (!isOver) handle(...args)
    }
  const onDisconnected = (reason: unknown): void => {
    isOver = true
    const detail = typeof reason === 'string' && reason !== '' ? reason : 'the connection was lost'
    events.onEnd(endOf(detail, wasConnected), detail)
  }
  catchParserErrors(client, events.onUnreadable)
  listen(client, events, guard)
  client.on('connected', () => {
    wasConnected = true
  })
  client.on('disconnected', guard(onDisconnected))
  // Failures arrive as `disconnected` too.
  client.connect().catch(() => {})
  // On RECONNECT tmi.js connects the same client again, unasked.
  client.connect = async () => ['', 0]
  return {
    join: (channel) => void client.raw(`JOIN #${channel}`).catch(() => {}),
    close: async () => {
      isOver = true
      const timeout = sleep(CLOSE_WITHIN_MS, undefined, { ref: false })
      await Promise.race([client.disconnect().catch(() => {}), timeout])
    },
  }
}
