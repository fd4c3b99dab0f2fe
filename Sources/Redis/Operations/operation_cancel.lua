-- Leaves the order to cancel for the operation's leader; a second one changes nothing.
--
--   EVAL … gad:operation:ID gad:operation:ID:steps , ORDER
--
-- Returns {'ok', fields, steps}, {'missing'}, or {'ended', outcome}.

local operation, steps = unpack(KEYS)
if redis.call('EXISTS', operation) == 0 then return {'missing'} end
local outcome = redis.call('HGET', operation, 'outcome')
if outcome then return {'ended', outcome} end
redis.call('HSETNX', operation, 'cancel', ARGV[1])
return {'ok', redis.call('HGETALL', operation), redis.call('LRANGE', steps, 0, -1)}
