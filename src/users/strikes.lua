-- Decayed strikes as in strikes.ts. Stored as "<score> <atMs>"; times stay text so that no digit is lost.

local function decay(elapsedMs, halfLifeMs)
  return 2 ^ (-elapsedMs / halfLifeMs)
end

local function readStrikes(key)
  local stored = redis.call('GET', key)
  if not stored then return nil end
  local score, atMs = string.match(stored, '^(%S+) (%S+)$')
  return { score = tonumber(score), atMs = atMs }
end

local function addStrikes(strikes, weight, atMs, halfLifeMs)
  if not strikes then return { score = weight, atMs = atMs } end
  local elapsed = tonumber(atMs) - tonumber(strikes.atMs)
  if elapsed >= 0 then return { score = strikes.score * decay(elapsed, halfLifeMs) + weight, atMs = atMs } end
  return { score = strikes.score + weight * decay(-elapsed, halfLifeMs), atMs = strikes.atMs }
end

local function strikesAt(strikes, atMs, halfLifeMs)
  if not strikes then return 0 end
  return strikes.score * decay(math.max(0, tonumber(atMs) - tonumber(strikes.atMs)), halfLifeMs)
end

local function writeStrikes(key, strikes, ttlMs)
  redis.call('SET', key, string.format('%.17g %s', strikes.score, strikes.atMs), 'PX', ttlMs)
end
