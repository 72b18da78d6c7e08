import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { PortInUseError, UnavailableError } from '../../src/errors.js'
import { listen } from '../../src/web/listen.js'

const apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

const start = (port: number, portWasSet: boolean, host = '127.0.0.1') => {
  const app = Fastify()
  app.get('/', () => ({ ok: true }))
  apps.push(app)
  return listen(app, { host, port, portWasSet, variable: 'HAECHI_PORT' })
}

test('a free port is taken as it is', async () => {
  const { port, url, fellBack } = await start(0, true)

  expect(url).toBe(`http://127.0.0.1:${port}`)
  expect(fellBack).toBe(false)
  expect((await fetch(url)).status).toBe(200)
})

test('a default port in use falls back to a free one and says so', async () => {
  const first = await start(0, false)

  const second = await start(first.port, false)

  expect(second.fellBack).toBe(true)
  expect(second.port).not.toBe(first.port)
  expect((await fetch(second.url)).status).toBe(200)
})

test('a port that was set and is in use is an error that names it and what to change', async () => {
  const { port } = await start(0, false)

  const failure = start(port, true)

  await expect(failure).rejects.toThrow(PortInUseError)
  await expect(failure).rejects.toThrow(new RegExp(`port ${port} is in use; set HAECHI_PORT`))
})

test('a host that is not here is another error', async () => {
  await expect(start(0, false, '192.0.2.1')).rejects.toThrow(UnavailableError)
})
