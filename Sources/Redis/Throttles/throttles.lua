-- Keeps a fleet's throttles. All times are Redis' own, so that the clocks of workers do not matter.
-- KEYS: the throttles (hash: pattern to "<end in milliseconds>|<rule>"), the workers (sorted set).
-- ARGV[1] is the verb:
--   set <pattern> <lifetime in milliseconds> <how many there may be> <rule>: 1, or 0 where there are too many
--   clear <pattern>: 1, or 0 where there was none
--   list: how many workers live (0 where there is no throttle), then rule and milliseconds left of each throttle
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function ends(value)
  return tonumber(string.sub(value, 1, string.find(value, '|', 1, true) - 1))
end

local entries = redis.call('HGETALL', KEYS[1])
local live, last = {}, 0
for index = 1, #entries, 2 do
  local over = ends(entries[index + 1])
  if over <= now then
    redis.call('HDEL', KEYS[1], entries[index])
  else
    live[#live + 1] = { entries[index], entries[index + 1], over }
    last = math.max(last, over)
  end
end

if ARGV[1] == 'set' then
  local known = redis.call('HEXISTS', KEYS[1], ARGV[2]) == 1
  if not known and #live >= tonumber(ARGV[4]) then return 0 end
  local over = now + tonumber(ARGV[3])
  redis.call('HSET', KEYS[1], ARGV[2], string.format('%.0f|', over) .. ARGV[5])
  redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', math.max(last, over)))
  return 1
end

if ARGV[1] == 'clear' then return redis.call('HDEL', KEYS[1], ARGV[2]) end

if #live == 0 then return { 0 } end
local workers = 0
for _, name in ipairs(redis.call('ZREVRANGE', KEYS[2], 0, 999)) do
  workers = workers + redis.call('EXISTS', 'gad:worker:' .. name)
end
local answer = { workers }
for _, entry in ipairs(live) do
  answer[#answer + 1] = string.sub(entry[2], string.find(entry[2], '|', 1, true) + 1)
  answer[#answer + 1] = entry[3] - now
end
return answer
