-- Takes one token from the bucket KEYS[1], by Redis's own clock.
-- ARGV[1]: microseconds until one token comes; ARGV[2]: until an empty bucket is full.
-- Answers {microseconds to wait, tokens that remain, microseconds until full}.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local capacity = tonumber(ARGV[2])
local before = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now))
local after = before + interval
local wait = after - now - capacity
if wait > 0 then
  return {wait, 0, before - now}
end
-- Written out in full: Lua would round what it prints to 14 digits.
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
return {0, math.floor((capacity - (after - now)) / interval), after - now}
