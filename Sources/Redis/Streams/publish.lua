-- Publishes one message to a room whose messages must not be lost. Either all of it happens, or nothing.
--
--   redis-cli --eval publish.lua gad:stream:ROOM gad:epoch:ROOM gad:sent:ROOM:MESSAGE_ID , \
--     gad:room:ROOM ENVELOPE [MAXLEN [RETENTION_SECONDS [IDEMPOTENCY_SECONDS]]]
--
-- ENVELOPE is a JSON object. It is kept in the stream as it is; subscribers of gad:room:ROOM get it with one more
-- member at its end: "stream":{"room":…,"offset":…,"epoch":…,"prev":…}, where prev is the entry before this one.
-- A MESSAGE_ID that was published within IDEMPOTENCY_SECONDS is not published again, unless its stream was lost since.
--
-- Returns {offset, epoch, 0}, or for a repeated message {offset, epoch, 1} of the first time.

local stream, epoch_key, sent_key = KEYS[1], KEYS[2], KEYS[3]
local channel, envelope = ARGV[1], ARGV[2]

local function refuse(words)
  return redis.error_reply('ERR publish.lua: ' .. words)
end

local function whole_number(text, default)
  if text == nil then return default end
  return string.match(text, '^[1-9]%d*$') and tonumber(text)
end

-- Everything is checked before anything is written.

if #KEYS ~= 3 then return refuse('needs the keys gad:stream:ROOM gad:epoch:ROOM gad:sent:ROOM:MESSAGE_ID') end
local room = string.match(stream, '^gad:stream:([%w:_.-]+)$')
if not room then return refuse('the first key is not gad:stream:ROOM, with a ROOM of A-Za-z0-9:_.-') end
if epoch_key ~= 'gad:epoch:' .. room then return refuse('the second key is not gad:epoch:' .. room) end
local sent_prefix = 'gad:sent:' .. room .. ':'
if string.sub(sent_key, 1, #sent_prefix) ~= sent_prefix or #sent_key == #sent_prefix then
  return refuse('the third key is not ' .. sent_prefix .. 'MESSAGE_ID')
end
if channel ~= 'gad:room:' .. room then return refuse('the first argument is not gad:room:' .. room) end
if not envelope then return refuse('the second argument, the envelope, is missing') end
-- Larger ones would make replays that no reader takes.
if #envelope > 1048576 then return refuse('the envelope is larger than 1048576 bytes') end
local inside = string.match(envelope, '^[ \t\r\n]*{(.*)}[ \t\r\n]*$')
if not inside then return refuse('the envelope is not a JSON object: it must start with { and end with }') end
local maximum_length = whole_number(ARGV[3], 10000)
local retention = whole_number(ARGV[4], 604800)
local idempotency = whole_number(ARGV[5], 3600)
if not (maximum_length and retention and idempotency) then
  return refuse('MAXLEN, RETENTION_SECONDS and IDEMPOTENCY_SECONDS are whole numbers from 1')
end

-- An epoch whose stream is gone must not go on: offsets of before would seem to be of the stream that begins here.
local epoch = redis.call('EXISTS', stream) == 1 and redis.call('GET', epoch_key)

local sent = redis.call('GET', sent_key)
if sent then
  local sent_offset, sent_epoch = string.match(sent, '^(%S+) (%S+)$')
  if not sent_offset then return refuse(sent_key .. ' holds something else') end
  if sent_epoch == epoch then return {sent_offset, sent_epoch, 1} end
end

local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
local prev = last and last[1] or '0-0'

if not epoch then
  local time = redis.call('TIME')
  epoch = string.format('%x%05x', time[1], time[2])
  redis.call('SET', epoch_key, epoch)
end

local offset = redis.call('XADD', stream, 'MAXLEN', '~', maximum_length, '*', 'm', envelope)
redis.call('SET', sent_key, offset .. ' ' .. epoch, 'EX', idempotency)
redis.call('EXPIRE', stream, retention)
redis.call('EXPIRE', epoch_key, retention)

local comma = string.find(inside, '[^ \t\r\n]') and ',' or ''
redis.call('PUBLISH', channel, '{' .. inside .. comma .. string.format(
  '"stream":{"room":"%s","offset":"%s","epoch":"%s","prev":"%s"}}', room, offset, epoch, prev))
return {offset, epoch, 0}
