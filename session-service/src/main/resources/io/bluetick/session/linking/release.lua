-- KEYS: the offer. ARGV: claim. Opens what this claim holds.
if redis.call('HGET', KEYS[1], 'state') == 'claimed' and redis.call('HGET', KEYS[1], 'claim') == ARGV[1] then
  redis.call('HDEL', KEYS[1], 'account', 'claim', 'until')
  redis.call('HSET', KEYS[1], 'state', 'open')
end
return 1
