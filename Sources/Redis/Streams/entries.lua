-- Reads a stream together with its epoch.
--
--   EVAL … gad:stream:ROOM gad:epoch:ROOM , OFFSET LIMIT
--
-- Returns {epoch, entries, more}: entries from OFFSET on, that one included, at most LIMIT, and fewer when they are
-- large, so that no reply grows without bound; more is 0 when the last of them is the top. No epoch, no stream.

local page_bytes, step = 4194304, 8

local limit = tonumber(ARGV[2])
local entries, bytes, from, more = {}, 0, ARGV[1], 1

while more == 1 and #entries < limit and bytes < page_bytes do
  local count = math.min(step, limit - #entries)
  local found = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', count)
  for _, entry in ipairs(found) do
    entries[#entries + 1] = entry
    bytes = bytes + #entry[2][2]
  end
  if #found < count then more = 0 else from = '(' .. found[count][1] end
end

return {redis.call('GET', KEYS[2]), entries, more}
