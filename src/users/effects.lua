-- Applies one micro-batch: all of it, or nothing when another owner moved the watermark.
-- KEYS: watermark, outbox stream. ARGV: prefix, base, next, half-life ms, strikes ttl ms, fragments ttl ms,
-- seen ttl ms, most lines, most events, then ROW fields an effect ('' = absent), as redis-user-store.ts lists.
-- Returns {'stale', watermark} or {'applied', then result, strikes, case id, opened for each effect}.

local ROW = 14
local prefix, base, nextOffset = ARGV[1], ARGV[2], ARGV[3]
local halfLifeMs, strikesTtl, fragmentsTtl, seenTtl = tonumber(ARGV[4]), ARGV[5], ARGV[6], ARGV[7]
local maxLines, maxEvents = tonumber(ARGV[8]), ARGV[9]
local outbox = KEYS[2]

local function addLine(caseId, row)
  local lines = prefix .. ':case:' .. caseId .. ':lines'
  redis.call('ZADD', lines, row.severity, row.line)
  redis.call('ZREMRANGEBYRANK', lines, maxLines, -1)
end

local function openCase(row, strikes)
  redis.call('SET', prefix .. ':open:' .. row.user, row.caseId)
  redis.call('HSET', prefix .. ':case:' .. row.caseId, 'state', 'open', 'record', row.record, 'strikes', strikes,
    'openedAt', row.at, 'updatedAt', row.at, 'revision', '0', 'jobId', row.caseId)
  indexCase(prefix, row.caseId, row.channel, 'open', 'open')
  emitCase(prefix, 'opened', row.caseId, maxEvents)
  redis.call('XADD', outbox, '*', 'kind', 'case-opened', 'jobId', row.caseId, 'snapshot',
    row.snapshot .. strikes .. '}')
end

local function appendCase(caseId, row, strikes)
  local key = prefix .. ':case:' .. caseId
  local state = redis.call('HGET', key, 'state')
  redis.call('HSET', key, 'record', row.record, 'strikes', strikes, 'updatedAt', row.at)
  indexCase(prefix, caseId, row.channel, state, state)
  emitCase(prefix, 'updated', caseId, maxEvents)
end

-- Gives the case id and whether this opened it; '' when the message opened a case that was closed since.
local function addEvidence(row, strikes)
  local openId = redis.call('GET', prefix .. ':open:' .. row.user)
  if openId then
    appendCase(openId, row, strikes)
    addLine(openId, row)
    return openId, '0'
  end
  if redis.call('EXISTS', prefix .. ':case:' .. row.caseId) == 1 then return '', '0' end
  openCase(row, strikes)
  addLine(row.caseId, row)
  return row.caseId, '1'
end

local function setFragments(row)
  local key = prefix .. ':fragments:' .. row.user
  if row.fragments == '[]' then
    redis.call('DEL', key)
  elseif row.fragments ~= '' then
    redis.call('SET', key, row.fragments, 'PX', fragmentsTtl)
  end
end

local function strike(row)
  local key = prefix .. ':strikes:' .. row.user
  local strikes = readStrikes(key)
  if row.weight ~= '' then
    strikes = addStrikes(strikes, tonumber(row.weight), row.sentAtMs, halfLifeMs)
    writeStrikes(key, strikes, strikesTtl)
  end
  return string.format('%.17g', strikesAt(strikes, row.sentAtMs, halfLifeMs))
end

local function applyOne(row)
  setFragments(row)
  if row.seen ~= '' and not redis.call('SET', prefix .. ':seen:' .. row.seen, '1', 'NX', 'PX', seenTtl) then
    row.weight = ''
    return 'duplicate', strike(row), '', '0'
  end
  local strikes = strike(row)
  if row.verdict ~= '' then
    redis.call('XADD', outbox, '*', 'kind', 'verdict', 'key', row.verdictKey, 'value', row.verdict)
  end
  if row.caseId == '' then return 'applied', strikes, '', '0' end
  return 'applied', strikes, addEvidence(row, strikes)
end

local watermark = redis.call('GET', KEYS[1]) or '-1'
if watermark ~= base then return { 'stale', watermark } end

local answer = { 'applied' }
for i = 10, #ARGV, ROW do
  local result, strikes, caseId, opened = applyOne({
    seen = ARGV[i], user = ARGV[i + 1], sentAtMs = ARGV[i + 2], fragments = ARGV[i + 3],
    weight = ARGV[i + 4], verdictKey = ARGV[i + 5], verdict = ARGV[i + 6], caseId = ARGV[i + 7],
    channel = ARGV[i + 8], line = ARGV[i + 9], severity = ARGV[i + 10], record = ARGV[i + 11],
    at = ARGV[i + 12], snapshot = ARGV[i + 13],
  })
  local n = #answer
  answer[n + 1], answer[n + 2], answer[n + 3], answer[n + 4] = result, strikes, caseId, opened
end
redis.call('SET', KEYS[1], nextOffset)
return answer
