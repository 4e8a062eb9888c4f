-- KEYS: the offer. ARGV: account, answer, lifetime (ms), channel, name.
-- Answers whether the companion can learn of it: the offer is there, and no other account has claimed it.
local state = redis.call('HGET', KEYS[1], 'state')
if not state then
  return 0
end
if state ~= 'open' and redis.call('HGET', KEYS[1], 'account') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'state', 'linked', 'account', ARGV[1], 'answer', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
