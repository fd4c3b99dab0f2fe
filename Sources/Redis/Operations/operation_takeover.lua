-- Gives an operation whose leader has been silent for a lease another leader, and a new fencing token.
--
--   EVAL … gad:operation gad:operation:ID gad:operation:ID:steps gad:operation:fence , ID LEADER ORIGIN LEASE_MS
--
-- Returns {'ok', fields, steps}, {'missing'}, {'ended', outcome}, or {'running', id, leader, origin, kind, lease in ms}
-- of whoever leads it, or of the operation that holds the lock meanwhile.

local lock, operation, steps, counter = unpack(KEYS)
local id, leader, origin, lease = unpack(ARGV)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local known = redis.call('HMGET', operation, 'leader', 'origin', 'kind', 'lease', 'outcome', 'disruptive')
if not known[6] then return {'missing'} end
if known[5] then return {'ended', known[5]} end
local rest = tonumber(known[4] or '0') - now
if rest > 0 then return {'running', id, known[1], known[2], known[3], rest} end
if known[6] == '1' then
  local holder = redis.call('HMGET', lock, 'id', 'until')
  if holder[1] and holder[1] ~= id and tonumber(holder[2]) > now then
    local told = redis.call('HMGET', 'gad:operation:' .. holder[1], 'leader', 'origin', 'kind')
    return {'running', holder[1], told[1] or '', told[2] or '', told[3] or '', tonumber(holder[2]) - now}
  end
end

local fence = math.max(tonumber(redis.call('GET', counter) or '0') + 1, now)
local token, ends = string.format('%.0f', fence), string.format('%.0f', now + tonumber(lease))
redis.call('SET', counter, token)
redis.call('HSET', operation, 'fence', token, 'leader', leader, 'origin', origin, 'lease', ends,
  'updated', string.format('%.0f', now))
if known[6] == '1' then redis.call('HSET', lock, 'id', id, 'fence', token, 'until', ends) end
return {'ok', redis.call('HGETALL', operation), redis.call('LRANGE', steps, 0, -1)}
