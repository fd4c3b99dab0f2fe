-- Sets the safety lever; engaging it leaves the running disruptive operation the order to cancel.
--
--   EVAL … gad:safety gad:operation , ENGAGED REASON BY AT ORDER
--
-- ENGAGED is 1 or 0. Returns 'OK'.

local safety, lock = unpack(KEYS)
local engaged, reason, by, at, order = unpack(ARGV)
redis.call('DEL', safety)
redis.call('HSET', safety, 'engaged', engaged, 'reason', reason, 'by', by, 'at', at)
if engaged == '1' then
  local id = redis.call('HGET', lock, 'id')
  local operation = id and 'gad:operation:' .. id
  if operation and redis.call('EXISTS', operation) == 1 and redis.call('HEXISTS', operation, 'outcome') == 0 then
    redis.call('HSETNX', operation, 'cancel', order)
  end
end
return redis.status_reply('OK')
