import type { CaseState } from '../domain/case.js'
import { decodeLine, type StoredCase } from '../users/case-record.js'
import { answerOf, type Redis } from '../users/redis.js'
import type { RedisKeys } from '../users/redis-keys.js'
import type { Strikes } from '../users/strikes.js'
import { roundStrikes } from '../users/strikes.js'

/** Cases a pipeline: bounds what is in memory as commands. */
const CHUNK = 500

const parseForgiven = (stored: string | undefined): Strikes | null => {
  const [score, atMs] = (stored ?? '').split(' ')
  return score && atMs ? { score: Number(score), atMs: Number(atMs) } : null
}

/** Reads what `effects.lua` and `decide.lua` wrote; null when there is no such case. */
const parseCase = (
  id: string,
  fields: Record<string, string>,
  lines: readonly string[],
): StoredCase | null => {
  const { state, record, openedAt = '', updatedAt = '', jobId = id } = fields
  if (!state || !record) return null
  return {
    record: {
      id,
      state: state as CaseState,
      ...JSON.parse(record),
      strikes: roundStrikes(Number(fields.strikes)),
      lines: lines.map(decodeLine),
      openedAt,
      updatedAt,
      ...(fields.decision ? { decision: JSON.parse(fields.decision) } : {}),
    },
    revision: Number(fields.revision),
    jobId,
    forgiven: parseForgiven(fields.forgiven),
  }
}

const loadChunk = async (redis: Redis, keys: RedisKeys, ids: readonly string[]) => {
  const pipeline = redis.pipeline()
  for (const id of ids) pipeline.hgetall(keys.case(id)).zrange(keys.lines(id), '0', '-1')
  const replies = (await answerOf(redis, pipeline.exec())) ?? []
  const failed = replies.find(([error]) => error)
  if (failed) await answerOf(redis, Promise.reject(failed[0]))
  return ids.map((id, i) => {
    const fields = replies[2 * i]?.[1] as Record<string, string>
    return parseCase(id, fields, replies[2 * i + 1]?.[1] as string[])
  })
}

/** The cases in the order of the ids; null for unknown ones. */
export const loadCases = async (
  redis: Redis,
  keys: RedisKeys,
  ids: readonly string[],
): Promise<readonly (StoredCase | null)[]> => {
  const found: (StoredCase | null)[] = []
  for (let i = 0; i < ids.length; i += CHUNK)
    found.push(...(await loadChunk(redis, keys, ids.slice(i, i + CHUNK))))
  return found
}
