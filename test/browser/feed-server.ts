import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReadiness } from '../../src/web/health.js'
import { createWebApp } from '../../src/web/server.js'
import { createStats } from '../../src/web/stats.js'
import { openModeration } from '../web/moderation.js'
import { silent } from '../web/web-app.js'

/** The real app on a port, over real SQLite files; `restart` brings it back on the same port. */
export const startFeed = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'haechi-feed-'))
  const moderation = openModeration(join(folder, 'haechi.db'))
  const { cases, flag } = moderation
  const counts = { consumed: 1200, flagged: 12, mild: 30, deadLetters: 1 }

  const serve = async (port: number) => {
    const stats = createStats({ cases, stream: () => counts, now: Date.now })
    const readiness = createReadiness([])
    const app = createWebApp({ cases, stats, readiness, version: '0.0.0-test', logger: silent })
    const url = await app.listen({ host: '127.0.0.1', port })
    return { app, url }
  }

  let { app, url } = await serve(0)
  const stop = () => app.close()
  const restart = async () => {
    ;({ app, url } = await serve(Number(new URL(url).port)))
  }
  const close = async () => {
    await stop()
    moderation.close()
    rmSync(folder, { recursive: true })
  }
  return { url, cases, flag, stop, restart, close }
}
