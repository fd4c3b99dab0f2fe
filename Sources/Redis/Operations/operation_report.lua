-- Takes a leader's news and renews its lease.
--
--   EVAL … gad:operation gad:operation:ID gad:operation:ID:steps ,
--     ID FENCE LEASE_MS MAXIMUM_STEPS STATE OUTCOME STEP …
--
-- OUTCOME is empty while the operation goes on; with one, it ends and the lock is free.
--
-- Returns {'ok', fields, steps}, {'missing'}, {'ended', outcome}, or {'fenced', leader}.

local lock, operation, steps = unpack(KEYS)
local id, fence, lease, most, state, outcome = unpack(ARGV, 1, 6)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local known = redis.call('HMGET', operation, 'fence', 'outcome', 'disruptive', 'leader')
if not known[1] then return {'missing'} end
if known[1] ~= fence then return {'fenced', known[4]} end
if known[2] then
  -- The same news once more: their answer was lost on the way.
  if known[2] == outcome then
    return {'ok', redis.call('HGETALL', operation), redis.call('LRANGE', steps, 0, -1)}
  end
  return {'ended', known[2]}
end
if known[3] == '1' then
  local holder = redis.call('HGET', lock, 'id')
  if holder and holder ~= id then return {'fenced', redis.call('HGET', 'gad:operation:' .. holder, 'leader') or ''} end
end

redis.call('HSET', operation, 'state', state, 'updated', string.format('%.0f', now))
for index = 7, #ARGV do redis.call('RPUSH', steps, ARGV[index]) end
redis.call('LTRIM', steps, -tonumber(most), -1)
redis.call('EXPIRE', steps, math.max(1, redis.call('TTL', operation)))

if outcome ~= '' then
  redis.call('HSET', operation, 'outcome', outcome)
  redis.call('HDEL', operation, 'lease')
  if known[3] == '1' then redis.call('DEL', lock) end
else
  local ends = string.format('%.0f', now + tonumber(lease))
  redis.call('HSET', operation, 'lease', ends)
  if known[3] == '1' then redis.call('HSET', lock, 'id', id, 'fence', fence, 'until', ends) end
end
return {'ok', redis.call('HGETALL', operation), redis.call('LRANGE', steps, 0, -1)}
