import type { ServerResponse } from 'node:http'

export interface ClientLimits {
  readonly heartbeatMs: number
  /** A client that has more than this waiting is slow ... */
  readonly maxBufferedBytes: number
  /** ... and while it catches up with what it missed it may be so for this long. */
  readonly maxStallMs: number
}

/** One open response of server-sent events. */
export interface EventClient {
  /** Nothing is sent to a client that left. False when this one was too slow and was cut: it may come again. */
  send(chunk: string): boolean
  /** True once little enough waits, false when that took too long or the client left. */
  hasRoom(): Promise<boolean>
  end(): void
  /** Aborts when the client left. */
  readonly left: AbortSignal
}

const waitForDrain = (response: ServerResponse, timeoutMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (isDrained: boolean): void => {
      clearTimeout(timer)
      response.off('drain', onDrain)
      response.off('close', onClose)
      resolve(isDrained)
    }
    const onDrain = (): void => settle(true)
    const onClose = (): void => settle(false)
    const timer = setTimeout(onClose, timeoutMs)
    response.on('drain', onDrain)
    response.on('close', onClose)
  })

/** Takes over a response whose headers were written; sends heartbeats until it closes. */
export const createEventClient = (response: ServerResponse, limits: ClientLimits): EventClient => {
  const left = new AbortController()
  const isOver = (): boolean => response.writableEnded || response.destroyed
  const isFull = (): boolean => response.writableLength > limits.maxBufferedBytes
  const send = (chunk: string): boolean => {
    if (isOver()) return true
    if (isFull()) {
      response.destroy()
      return false
    }
    response.write(chunk)
    return true
  }
  const heartbeat = setInterval(() => send(': heartbeat\n\n'), limits.heartbeatMs)
  response.on('close', () => {
    clearInterval(heartbeat)
    left.abort()
  })
  return {
    send,
    hasRoom: async () => !isFull() || waitForDrain(response, limits.maxStallMs),
    end: () => {
      response.end()
    },
    left: left.signal,
  }
}
