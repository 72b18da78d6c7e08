-- Every case is in four indexes: all, its channel's, its state's, its channel's of its state. Scores are the
-- number of the case's last change.

local function indexCase(prefix, caseId, channel, state, formerState)
  local change = redis.call('INCR', prefix .. ':changes')
  for _, scope in ipairs({ '', ':' .. channel }) do
    redis.call('ZADD', prefix .. ':cases:any' .. scope, change, caseId)
    if formerState ~= state then redis.call('ZREM', prefix .. ':cases:' .. formerState .. scope, caseId) end
    redis.call('ZADD', prefix .. ':cases:' .. state .. scope, change, caseId)
  end
end

local function emitCase(prefix, kind, caseId, maxEvents)
  redis.call('XADD', prefix .. ':events', 'MAXLEN', '~', maxEvents, '*', 'kind', kind, 'caseId', caseId)
end
