-- Gives a claim back, to be given out again later.
-- KEYS: due, wake
-- ARGV: member, when (ms), attempts so far
local waits = redis.call('HGET', KEYS[2], ARGV[1])
if waits then
  redis.call('HSET', KEYS[2], ARGV[1], string.match(waits, '^%d+ ') .. ARGV[3])
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
end
return 1
