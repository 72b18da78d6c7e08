import { ConfigError, UnavailableError } from '../errors.js'
import type { Envelope } from './envelope.js'
import {
  openTwitchConnection,
  type TwitchConnection,
  type TwitchEnd,
  type TwitchLogin,
} from './twitch-connection.js'
import { createJoinPacer } from './twitch-join-pacer.js'
import { createRepeatFilter, type TwitchLine, toTwitchEnvelope } from './twitch-message.js'

export interface TwitchLogger {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** For the metrics twitch_connected, twitch_reconnects_total and twitch_joined_channels. */
export interface TwitchHooks {
  onConnected(isConnected: boolean): void
  onReconnect(reason: Exclude<TwitchEnd, 'login'>): void
  onJoined(channels: number): void
}

export interface TwitchClientOptions {
  /** Logins, with or without `#`. */
  readonly channels: readonly string[]
  /** Reads anonymously when absent. */
  readonly login?: TwitchLogin | undefined
  /** `ws://host:port` or `wss://host`; Twitch's own when absent. */
  readonly ircUrl?: string | undefined
  readonly log: TwitchLogger
  readonly hooks: TwitchHooks
  /** The login was refused after the first connection: nothing more will come. */
  readonly onFatal: (error: ConfigError) => void
}

const FIRST_RETRY_MS = 1000
const LONGEST_RETRY_MS = 30_000
const LOGIN_WITHIN_MS = 15_000
const JOIN_WITHIN_MS = 30_000

/** Reads Twitch chat, and goes on reading it: reconnects with backoff, joins within Twitch's limits. */
export class TwitchClient {
  readonly #options: TwitchClientOptions
  readonly #channels: readonly string[]
  readonly #pace = createJoinPacer()
  readonly #rooms = new Set<string>()
  readonly #joined = new Set<string>()
  readonly #isRepeat = createRepeatFilter((roomId) => this.#rooms.has(roomId))
  #onEnvelope: (envelope: Envelope) => void = () => {}
  #onFirst: { resolve: () => void; reject: (error: Error) => void } | undefined
  #connection: TwitchConnection | undefined
  #attempts = 0
  #retryTimer: NodeJS.Timeout | undefined
  #loginTimer: NodeJS.Timeout | undefined
  #joinTimer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: TwitchClientOptions) {
    this.#options = options
    this.#channels = [...new Set(options.channels.map((name) => name.toLowerCase().replace(/^#/, '')))]
  }

  /**
   * Resolves when connected, however long Twitch is away; channels are joined one by one after that.
   * @throws ConfigError when Twitch refuses the login, UnavailableError when closed before it was connected
   */
  start(onEnvelope: (envelope: Envelope) => void): Promise<void> {
    this.#onEnvelope = onEnvelope
    return new Promise((resolve, reject) => {
      this.#onFirst = { resolve, reject }
      this.#connect()
    })
  }

  /** Safe to call twice. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#onFirst?.reject(new UnavailableError('stopped before Twitch chat could be reached'))
    this.#onFirst = undefined
    clearTimeout(this.#retryTimer)
    await this.#leave()
  }

  #connect(): void {
    this.#connection = openTwitchConnection(this.#options, {
      onConnected: () => this.#connected(),
      onJoined: (channel, roomId) => this.#join(channel, roomId),
      onNotice: (channel, msgId) => this.#options.log.warn({ channel, msgId }, 'notice from Twitch'),
      onLine: (line) => this.#read(line),
      onUnreadable: (error) =>
        this.#options.log.error({ error: String(error) }, 'a chat line could not be read'),
      onEnd: (end, detail) => this.#end(end, detail),
    })
    this.#loginTimer = setTimeout(() => this.#end('lost', 'no answer to the login'), LOGIN_WITHIN_MS)
  }

  #connected(): void {
    clearTimeout(this.#loginTimer)
    this.#attempts = 0
    this.#options.hooks.onConnected(true)
    this.#options.log.info({ channels: this.#channels.length }, 'connected to Twitch chat')
    this.#joinNext([...this.#channels])
    this.#onFirst?.resolve()
    this.#onFirst = undefined
  }

  #joinNext(waiting: string[]): void {
    const [channel] = waiting
    if (channel === undefined) {
      this.#joinTimer = setTimeout(() => this.#joinMissing(), JOIN_WITHIN_MS)
      return
    }
    const waitMs = this.#pace(Date.now())
    if (waitMs === 0) this.#connection?.join(channel)
    const rest = waitMs === 0 ? waiting.slice(1) : waiting
    if (waitMs === 0) this.#joinNext(rest)
    else this.#joinTimer = setTimeout(() => this.#joinNext(rest), waitMs)
  }

  #joinMissing(): void {
    const missing = this.#channels.filter((channel) => !this.#joined.has(channel))
    if (missing.length === 0) return
    this.#options.log.warn({ channels: missing }, 'Twitch did not let us in; check the names, trying again')
    this.#joinNext(missing)
  }

  #join(channel: string, roomId: string): void {
    if (roomId !== '') this.#rooms.add(roomId)
    this.#joined.add(channel.replace(/^#/, ''))
    this.#options.hooks.onJoined(this.#joined.size)
  }

  #read(line: TwitchLine): void {
    const envelope = this.#isRepeat(line) ? null : toTwitchEnvelope(line)
    if (envelope !== null) this.#onEnvelope(envelope)
  }

  #end(end: TwitchEnd, detail: string): void {
    void this.#leave()
    if (this.#isClosed) return
    if (end === 'login') {
      this.#refused(detail)
      return
    }
    const backoffMs = Math.min(FIRST_RETRY_MS * 2 ** this.#attempts++, LONGEST_RETRY_MS)
    const waitMs = Math.round(backoffMs * (0.5 + Math.random() / 2))
    this.#options.hooks.onReconnect(end)
    this.#options.log.warn({ reason: end, detail, waitMs }, 'not connected to Twitch chat; trying again')
    this.#retryTimer = setTimeout(() => this.#connect(), waitMs)
  }

  #refused(detail: string): void {
    const { login, onFatal } = this.#options
    const error = new ConfigError([
      `TWITCH_TOKEN: Twitch refused the login of ${login?.username ?? 'an anonymous reader'} (${detail}); ` +
        'make a new token with the scope chat:read, or unset TWITCH_USERNAME and TWITCH_TOKEN to read anonymously',
    ])
    if (this.#onFirst === undefined) onFatal(error)
    else this.#onFirst.reject(error)
    this.#onFirst = undefined
  }

  async #leave(): Promise<void> {
    clearTimeout(this.#loginTimer)
    clearTimeout(this.#joinTimer)
    this.#joined.clear()
    this.#options.hooks.onJoined(0)
    this.#options.hooks.onConnected(false)
    const connection = this.#connection
    this.#connection = undefined
    await connection?.close()
  }
}
