-- KEYS: the offer. ARGV: account, claim, lease (ms).
-- Answers gone, taken (by another account), busy (by this one), linked and the answer, or claimed and the offer.
local state = redis.call('HGET', KEYS[1], 'state')
if not state then
  return {'gone', ''}
end
if state ~= 'open' and redis.call('HGET', KEYS[1], 'account') ~= ARGV[1] then
  return {'taken', ''}
end
if state == 'linked' then
  return {'linked', redis.call('HGET', KEYS[1], 'answer')}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if state == 'claimed' and now < tonumber(redis.call('HGET', KEYS[1], 'until')) then
  return {'busy', ''}
end
redis.call('HSET', KEYS[1], 'state', 'claimed', 'account', ARGV[1], 'claim', ARGV[2], 'until', now + ARGV[3])
-- It must still be there when the claim has led to something.
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return {'claimed', redis.call('HGET', KEYS[1], 'offer')}
