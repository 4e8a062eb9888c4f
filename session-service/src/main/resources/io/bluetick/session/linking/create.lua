-- KEYS: the offer, the offers alive. ARGV: lifetime (ms), limit, name, hash of the secret, the offer.
-- Answers whether there was room.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], 'state', 'open', 'secret', ARGV[4], 'offer', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[2], now + ARGV[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
return 1
