import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { packageRoot } from '../package-root.js'

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
])

interface StaticFile {
  readonly url: string
  readonly type: string
  readonly body: Buffer
  readonly etag: string
}

const load = (folder: string): readonly StaticFile[] =>
  readdirSync(folder).flatMap((name) => {
    const type = TYPES.get(extname(name))
    if (type === undefined) return []
    const body = readFileSync(join(folder, name))
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    return [{ url: name === 'index.html' ? '/' : `/${name}`, type, body, etag }]
  })

/** One route for each file of the page, read once: no path of a request ever reaches the disk. */
export const addStaticFiles = (app: FastifyInstance): void => {
  for (const file of load(join(packageRoot, 'src/web/public'))) {
    app.get(file.url, (request, reply) => {
      reply.headers({ etag: file.etag, 'cache-control': 'no-cache' })
      if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
      return reply.type(file.type).send(file.body)
    })
  }
}
