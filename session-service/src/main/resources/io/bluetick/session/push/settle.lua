-- Ends a claim. If something newer came meanwhile, that waits now.
-- KEYS: due, wake, sent key of the member
-- ARGV: member, time of what was claimed, until when nothing more is sent (0: as before), life of the sent key (ms)
local member, time, quiet = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local covered = time
local sent = redis.call('GET', KEYS[3])
if sent then
  local q, c = string.match(sent, '^(%d+) (%d+)$')
  quiet = math.max(quiet, tonumber(q))
  covered = math.max(covered, tonumber(c))
end
redis.call('SET', KEYS[3], string.format('%.0f %.0f', quiet, covered), 'PX', ARGV[4])
local waits = redis.call('HGET', KEYS[2], member)
local newest = waits and string.match(waits, '^(%d+) ')
if newest and tonumber(newest) > covered then
  redis.call('HSET', KEYS[2], member, newest .. ' 0')
  redis.call('ZADD', KEYS[1], string.format('%.0f', quiet), member)
else
  redis.call('ZREM', KEYS[1], member)
  redis.call('HDEL', KEYS[2], member)
end
return 1
