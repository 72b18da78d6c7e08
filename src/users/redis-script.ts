import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../package-root.js'
import { answerOf, type Redis } from './redis.js'

export type RedisScript = (redis: Redis, keys: readonly string[], args: readonly string[]) => Promise<unknown>

const isMissing = (error: unknown): boolean => error instanceof Error && error.message.startsWith('NOSCRIPT')

/** One script made of Lua files of this folder, in order; it is sent once a server and then called by its hash. */
export const loadScript = (...files: readonly string[]): RedisScript => {
  const folder = join(packageRoot, 'src', 'users')
  const source = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
  const hash = createHash('sha1').update(source).digest('hex')
  return async (redis, keys, args) => {
    try {
      return await answerOf(redis, redis.evalsha(hash, keys.length, ...keys, ...args))
    } catch (error) {
      if (!isMissing(error)) throw error
      return answerOf(redis, redis.eval(source, keys.length, ...keys, ...args))
    }
  }
}
