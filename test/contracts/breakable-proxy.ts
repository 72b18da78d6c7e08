import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut (connections reset, new ones refused) or stalled (nothing passes until it heals). */
export interface BreakableProxy {
  readonly url: string
  cut(): void
  stall(): void
  heal(): void
  close(): void
}

/** Listens on a free port of 127.0.0.1 and passes everything to `target`. */
export const openBreakableProxy = async (target: string): Promise<BreakableProxy> => {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isCut = false
  let isStalled = false

  const server = createServer((near) => {
    if (isCut) return near.resetAndDestroy()
    const far = connect(Number(port || 6379), hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => to.write(bytes))
      if (isStalled) from.pause()
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('error', () => {})
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the proxy has no port')

  const dropAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `redis://127.0.0.1:${address.port}`,
    cut: () => {
      isCut = true
      dropAll()
    },
    stall: () => {
      isStalled = true
      for (const socket of sockets) socket.pause()
    },
    heal: () => {
      isCut = false
      isStalled = false
      for (const socket of sockets) socket.resume()
    },
    close: () => {
      server.close()
      dropAll()
    },
  }
}
