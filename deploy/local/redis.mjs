import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers, freePorts, startProcess, waitUntilReady, whyMissing } from './processes.mjs'

/** Why a local Redis cannot be started here, or undefined when it can. */
export const whyNoRedis = () => whyMissing('redis-server', ['--version'])

/**
 * Starts `redis-server` on 127.0.0.1 as Haechi wants it (AOF every second, no eviction) and waits until it answers.
 * The same `port` and `folder` again, after `kill()`, give the data back. Without `folder` a temporary one is used
 * and removed by `stop()`.
 */
export async function startRedis({ port, folder } = {}) {
  const data = folder ?? mkdtempSync(join(tmpdir(), 'haechi-redis-'))
  mkdirSync(data, { recursive: true })
  const listen = port ?? (await freePorts(1))[0]
  const options = {
    port: listen,
    bind: '127.0.0.1',
    dir: data,
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
  }
  const args = Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)])
  const server = startProcess({ name: 'redis', command: 'redis-server', args, folder: data })
  // While it loads the file it answers -LOADING, not +PONG.
  await waitUntilReady(server, () => answers(listen, 'PING\r\n', '+PONG'))
  return {
    url: `redis://127.0.0.1:${listen}`,
    port: listen,
    folder: data,
    pid: server.pid,
    kill: server.kill,
    async stop() {
      await server.stop()
      if (folder === undefined) rmSync(data, { recursive: true, force: true })
    },
  }
}
