-- Tells how far the streams of rooms have come.
--
--   EVAL … gad:stream:ROOM gad:epoch:ROOM [gad:stream:ROOM gad:epoch:ROOM …] , [RETENTION_SECONDS]
--
-- A room without a stream gets one, with an epoch and a first entry without a message (field o and no field m). So
-- every reader has an entry to stand on, and an entry that is still there proves that nothing behind it was lost.
-- A stream that is asked for does not expire. One to which nothing was ever published is kept for minutes only after
-- it was asked for last: anyone may ask for rooms of any name.
--
-- Returns epoch and offset of the last entry for each room, in the order of the keys.

local retention = tonumber(ARGV[1] or 604800)
local retention_of_empty = math.min(retention, 900)
local positions = {}

for index = 1, #KEYS, 2 do
  local stream, epoch_key = KEYS[index], KEYS[index + 1]
  local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
  local epoch = last and redis.call('GET', epoch_key)
  if not epoch then
    local time = redis.call('TIME')
    epoch = string.format('%x%05x', time[1], time[2])
    redis.call('SET', epoch_key, epoch)
  end
  local offset = last and last[1] or redis.call('XADD', stream, '*', 'o', '1')
  local keep = (last and last[2][1] ~= 'o') and retention or retention_of_empty
  if redis.call('TTL', stream) < keep / 2 or redis.call('TTL', epoch_key) < keep / 2 then
    redis.call('EXPIRE', stream, keep)
    redis.call('EXPIRE', epoch_key, keep)
  end
  positions[#positions + 1] = epoch
  positions[#positions + 1] = offset
end

return positions
