-- Claims what is due: nobody else is given it until the lease ends.
-- KEYS: due, wake
-- ARGV: now, end of a lease (ms), how many at most
-- Answers: how many wait, then member and "time attempts" of each
local answer = {tostring(redis.call('ZCARD', KEYS[1]))}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  local wake = redis.call('HGET', KEYS[2], member)
  if wake then
    redis.call('ZADD', KEYS[1], ARGV[2], member)
    answer[#answer + 1] = member
    answer[#answer + 1] = wake
  else
    redis.call('ZREM', KEYS[1], member)
  end
end
return answer
