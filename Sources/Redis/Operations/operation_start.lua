-- Begins an operation, or says why not. Either all of it happens, or nothing.
--
--   EVAL … gad:operation gad:operation:ID gad:operations gad:operation:fence gad:safety gad:plan:HASH ,
--     ID DISRUPTIVE LEASE_MS KEPT KEPT_SECONDS PLAN_SECONDS INTERRUPTED FIELD VALUE …
--
-- DISRUPTIVE is 1 for an operation that takes the lock gad:operation, else 0. INTERRUPTED is the outcome that an
-- operation gets whose leader is gone and whose lock is taken over. KEPT operations are kept, each KEPT_SECONDS.
--
-- Returns {'started', fields}, {'safety'}, {'used'}, or {'running', id, leader, origin, kind, lease in ms}.

local lock, operation, index, counter, safety, used = unpack(KEYS)
local id, disruptive, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])
local kept, kept_seconds, plan_seconds, interrupted = tonumber(ARGV[4]), ARGV[5], ARGV[6], ARGV[7]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

if redis.call('HGET', safety, 'engaged') == '1' then return {'safety'} end
if redis.call('EXISTS', used) == 1 or redis.call('EXISTS', operation) == 1 then return {'used'} end

if disruptive == '1' then
  local holder = redis.call('HMGET', lock, 'id', 'until')
  if holder[1] then
    local held = 'gad:operation:' .. holder[1]
    local rest = tonumber(holder[2]) - now
    if rest > 0 then
      local told = redis.call('HMGET', held, 'leader', 'origin', 'kind')
      return {'running', holder[1], told[1] or '', told[2] or '', told[3] or '', rest}
    end
    if redis.call('EXISTS', held) == 1 and redis.call('HSETNX', held, 'outcome', interrupted) == 1 then
      redis.call('HDEL', held, 'lease')
    end
  end
end

-- Never lower than the clock, so that a Redis that lost its data does not give a token of before once more.
local fence = math.max(tonumber(redis.call('GET', counter) or '0') + 1, now)
redis.call('SET', counter, string.format('%.0f', fence))

redis.call('HSET', operation, 'fence', string.format('%.0f', fence), 'disruptive', disruptive,
  'started', string.format('%.0f', now), 'updated', string.format('%.0f', now),
  'lease', string.format('%.0f', now + lease), unpack(ARGV, 8))
redis.call('EXPIRE', operation, kept_seconds)
redis.call('SET', used, id, 'EX', plan_seconds)
if disruptive == '1' then
  redis.call('HSET', lock, 'id', id, 'fence', string.format('%.0f', fence), 'until', string.format('%.0f', now + lease))
end

redis.call('ZADD', index, now, id)
for _, old in ipairs(redis.call('ZRANGE', index, 0, -(kept + 1))) do
  redis.call('DEL', 'gad:operation:' .. old, 'gad:operation:' .. old .. ':steps')
end
redis.call('ZREMRANGEBYRANK', index, 0, -(kept + 1))
return {'started', redis.call('HGETALL', operation)}
