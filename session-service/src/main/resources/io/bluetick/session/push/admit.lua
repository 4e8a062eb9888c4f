-- Takes wake-ups in and claims those that may be sent at once; see RedisSchedule for the keys.
-- KEYS: due, wake, then the sent key of each member
-- ARGV: now, end of a lease, life of the keys (all in ms), then member and time of each
-- Answers: member, time, ... of the claimed ones
local now, leased, life = tonumber(ARGV[1]), ARGV[2], ARGV[3]
local claimed = {}
for i = 3, #KEYS do
  local member, time = ARGV[2 * i - 2], tonumber(ARGV[2 * i - 1])
  local quiet, covered = 0, -1
  local sent = redis.call('GET', KEYS[i])
  if sent then
    local q, c = string.match(sent, '^(%d+) (%d+)$')
    quiet, covered = tonumber(q), tonumber(c)
  end
  if time > covered then
    local waits = redis.call('HGET', KEYS[2], member)
    if waits then
      local before, attempts = string.match(waits, '^(%d+) (%d+)$')
      if time > tonumber(before) then
        redis.call('HSET', KEYS[2], member, string.format('%.0f %s', time, attempts))
      end
    else
      redis.call('HSET', KEYS[2], member, string.format('%.0f 0', time))
      if quiet > now then
        redis.call('ZADD', KEYS[1], string.format('%.0f', quiet), member)
      else
        redis.call('ZADD', KEYS[1], leased, member)
        claimed[#claimed + 1] = member
        claimed[#claimed + 1] = ARGV[2 * i - 1]
      end
    end
  end
end
redis.call('PEXPIRE', KEYS[1], life)
redis.call('PEXPIRE', KEYS[2], life)
return claimed
