-- Writes one decision if the case is still at the revision that it was made on.
-- KEYS: case, open case of the user, strikes of the user, outbox stream.
-- ARGV: prefix, case id, revision, state, updated at, decision JSON ('' = none), job id, event kind,
-- strikes (keep, forgive, restore), half-life ms, strikes ttl ms, channel, most events, record key, record,
-- closed job id ('' = none), snapshot of the reopened job ('' = none), closed ms ('' = open), oldest closed ms.
-- Returns 'decided', 'changed' (look again) or 'conflict' (undo beside a newer open case).

local prefix, caseId, revision, state, updatedAt = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local decision, jobId, event, strikesMove = ARGV[6], ARGV[7], ARGV[8], ARGV[9]
local halfLifeMs, strikesTtl, channel, maxEvents = tonumber(ARGV[10]), ARGV[11], ARGV[12], ARGV[13]
local recordKey, record, closedJobId, snapshot = ARGV[14], ARGV[15], ARGV[16], ARGV[17]
local closedMs, oldestMs = ARGV[18], ARGV[19]
local case, open, strikes, outbox = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local function moveStrikes()
  if strikesMove == 'forgive' then
    redis.call('HSET', case, 'forgiven', redis.call('GET', strikes) or '')
    redis.call('DEL', strikes)
  elseif strikesMove == 'restore' then
    local score, atMs = string.match(redis.call('HGET', case, 'forgiven') or '', '^(%S+) (%S+)$')
    if score then
      writeStrikes(strikes, addStrikes(readStrikes(strikes), tonumber(score), atMs, halfLifeMs), strikesTtl)
    end
    redis.call('HDEL', case, 'forgiven')
  end
end

local function dropCase(oldId)
  local key = prefix .. ':case:' .. oldId
  local oldChannel = redis.call('HGET', key, 'channel') or ''
  for _, scope in ipairs({ '', ':' .. oldChannel }) do
    redis.call('ZREM', prefix .. ':cases:any' .. scope, oldId)
    redis.call('ZREM', prefix .. ':cases:decided' .. scope, oldId)
  end
  redis.call('DEL', key, key .. ':lines')
end

-- A few at a time: every decision pays for the ones of a month ago.
local function dropOldCases()
  local old = redis.call('ZRANGEBYSCORE', prefix .. ':closed', '-inf', oldestMs, 'LIMIT', 0, 10)
  for _, oldId in ipairs(old) do
    dropCase(oldId)
    redis.call('ZREM', prefix .. ':closed', oldId)
  end
end

if redis.call('HGET', case, 'revision') ~= revision then return 'changed' end
if snapshot ~= '' and redis.call('EXISTS', open) == 1 then return 'conflict' end

local formerState = redis.call('HGET', case, 'state')
redis.call('HSET', case, 'state', state, 'updatedAt', updatedAt, 'jobId', jobId, 'channel', channel)
redis.call('HINCRBY', case, 'revision', 1)
if decision == '' then redis.call('HDEL', case, 'decision') else redis.call('HSET', case, 'decision', decision) end
moveStrikes()
if state == 'decided' then
  redis.call('DEL', open)
  redis.call('ZADD', prefix .. ':closed', closedMs, caseId)
else
  redis.call('SET', open, caseId)
  redis.call('ZREM', prefix .. ':closed', caseId)
end
indexCase(prefix, caseId, channel, state, formerState)
emitCase(prefix, event, caseId, maxEvents)
redis.call('XADD', outbox, '*', 'kind', 'decision', 'key', recordKey, 'value', record)
if closedJobId ~= '' then redis.call('XADD', outbox, '*', 'kind', 'case-closed', 'jobId', closedJobId) end
if snapshot ~= '' then
  redis.call('XADD', outbox, '*', 'kind', 'case-opened', 'jobId', jobId, 'snapshot', snapshot)
end
dropOldCases()
return 'decided'
