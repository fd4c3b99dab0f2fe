-- Appends one record to the fleet's audit chain, if it continues the chain's last one.
--
--   redis-cli --eval audit.lua gad:audit gad:audit:head , PREVIOUS_HASH SEQUENCE HASH RECORD MAXLEN
--
-- RECORD is a JSON object, kept as it is under the field r of the entry SEQUENCE-0. The head is a hash: sequence and
-- hash of the last record, and first, the oldest that is kept. Where the head was lost or set back, the stream itself
-- says how far it came, so that no sequence is given out twice.
--
-- Returns {1, sequence, hash, first} when the record was appended, and {0, sequence, hash, first} of the head to
-- continue when it does not continue the chain.

local stream, head = KEYS[1], KEYS[2]
local previous, sequence, hash, record = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local maximum_length = tonumber(ARGV[5])

local function refuse(words)
  return redis.error_reply('ERR audit.lua: ' .. words)
end

if #KEYS ~= 2 then return refuse('needs the keys gad:audit gad:audit:head') end
if not (previous and sequence and hash and record and maximum_length) then
  return refuse('needs PREVIOUS_HASH SEQUENCE HASH RECORD MAXLEN')
end
if #record > 65536 then return refuse('the record is larger than 65536 bytes') end

local function top_of_stream()
  if redis.call('EXISTS', stream) == 0 then return 0 end
  local info = redis.call('XINFO', 'STREAM', stream)
  for index = 1, #info, 2 do
    if info[index] == 'last-generated-id' then return tonumber(string.match(info[index + 1], '^(%d+)')) or 0 end
  end
  return 0
end

local function last_hash()
  local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
  return last and string.match(last[2][2] or '', '"hash":"(%x+)"') or string.rep('0', 64)
end

local fields = redis.call('HMGET', head, 'sequence', 'hash', 'first')
local at = math.max(tonumber(fields[1] or '') or 0, top_of_stream())
local hash_at = fields[2] or last_hash()
local first = tonumber(fields[3] or '') or 1

if sequence ~= at + 1 or previous ~= hash_at then return {0, at, hash_at, first} end

redis.call('XADD', stream, string.format('%.0f-0', sequence), 'r', record)
if redis.call('XTRIM', stream, 'MAXLEN', '=', maximum_length) > 0 then
  local oldest = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
  first = tonumber(string.match(oldest[1], '^(%d+)'))
end
redis.call('HSET', head, 'sequence', string.format('%.0f', sequence), 'hash', hash, 'first',
  string.format('%.0f', first))
return {1, sequence, hash, first}
