-- All that is written to the session directory: one operation on one account's hash.
--
--   KEYS[1]   dir:<account>; its fields are drawn in DirectoryFormat
--   ARGV[1]   the operation; what follows is its own
--   answer    a list of strings
--
-- Numbers (epochs, list versions, milliseconds) stay below 2^53, so Lua's doubles hold them exactly. Attempts and connections may
-- not: they are kept as the text that came, and an attempt is only ever compared.

local KEY = KEYS[1]
local DAY_S = 24 * 60 * 60
local KEPT_S = 40 * DAY_S
-- An attempt that was overtaken by a later one is held up for seconds, not longer.
local OVERTAKING_MS = 30 * 1000
-- Openings that may be on their way to one device at once; the oldest is forgotten beyond it.
local MAX_ROUTES = 4

-- Refreshes the expiry if less than this is left; a new key has none.
local function keep(left_s)
  if redis.call('ttl', KEY) < left_s then
    redis.call('expire', KEY, KEPT_S)
  end
end

local function whole(number)
  return string.format('%.0f', number)
end

-- A device: its last epoch, its registration, and its routes, the present one first; behind it those that it displaced.
local function read(device)
  local state = {last = 0, registration = '0', routes = {}}
  local text = redis.call('hget', KEY, device)
  if text then
    local words = {}
    for word in string.gmatch(text, '%S+') do
      words[#words + 1] = word
    end
    state.last = tonumber(words[1])
    state.registration = words[2]
    for i = 3, #words, 5 do
      state.routes[#state.routes + 1] = {
        epoch = tonumber(words[i]),
        opened_ms = tonumber(words[i + 1]),
        attempt = words[i + 2],
        connection = words[i + 3],
        node = words[i + 4]
      }
    end
  end
  return state
end

local function write(device, state)
  local words = {whole(state.last), state.registration}
  for i = 1, math.min(#state.routes, MAX_ROUTES) do
    local route = state.routes[i]
    words[#words + 1] = whole(route.epoch)
    words[#words + 1] = whole(route.opened_ms)
    words[#words + 1] = route.attempt
    words[#words + 1] = route.connection
    words[#words + 1] = route.node
  end
  redis.call('hset', KEY, device, table.concat(words, ' '))
end

local function find(state, epoch)
  for i, route in ipairs(state.routes) do
    if route.epoch == epoch then
      return i
    end
  end
  return nil
end

-- Writes a list if it is newer. False: a newer one is known.
local function take_list(version, list)
  local known = tonumber(redis.call('hget', KEY, 'v') or '0')
  if known < tonumber(version) then
    redis.call('hset', KEY, 'v', version, 'l', list)
  end
  return known <= tonumber(version)
end

local function is_overtaken(state, registration, attempt, now_ms)
  local present = state.routes[1]
  if not present or state.registration ~= registration then
    return false
  end
  local before, now = tonumber(present.attempt), tonumber(attempt)
  return now ~= 0 and now < before and now_ms - present.opened_ms < OVERTAKING_MS
end

local function open(device, registration, node, connection, attempt, now_ms, version, list)
  if not take_list(version, list) then
    return {'stale'}
  end
  keep(KEPT_S - DAY_S)
  now_ms = tonumber(now_ms)
  local state = read(device)
  if is_overtaken(state, registration, attempt, now_ms) then
    return {'overtaken'}
  end
  local before = state.routes[1]
  if state.registration ~= registration then
    state.routes = {} -- Taking this opening back must not bring an older phone back.
    state.registration = registration
  end
  state.last = math.max(now_ms, state.last + 1)
  table.insert(state.routes, 1, {
    epoch = state.last, opened_ms = now_ms, attempt = attempt, connection = connection, node = node
  })
  write(device, state)
  if before then
    return {'opened', whole(state.last), before.node, before.connection}
  end
  return {'opened', whole(state.last)}
end

-- Takes a route away, and with `older` those that it displaced. Its epoch is known from then on, even if it was not: a late
-- restore of it must find it gone.
local function leave(device, epoch, older)
  epoch = tonumber(epoch)
  local state = read(device)
  local found = find(state, epoch)
  if not found and epoch <= state.last then
    return {}
  end
  state.last = math.max(state.last, epoch)
  if found then
    for i = older and #state.routes or found, found, -1 do
      table.remove(state.routes, i)
    end
  end
  write(device, state)
  keep(0)
  return {}
end

local function restore(device, registration, node, connection, epoch, version, list)
  if not take_list(version, list) then
    return {'stale'}
  end
  keep(KEPT_S - DAY_S)
  epoch = tonumber(epoch)
  local state = read(device)
  if find(state, epoch) then
    return {'present'}
  end
  if epoch <= state.last then
    return {'gone'}
  end
  state.last = epoch
  state.registration = registration
  state.routes = {{epoch = epoch, opened_ms = 0, attempt = '0', connection = connection, node = node}}
  write(device, state)
  return {'present'}
end

local function put(version, list)
  if take_list(version, list) then
    keep(KEPT_S - DAY_S)
  end
  return {}
end

-- The routes stay: whoever ends the sessions may come later.
local function remove(version)
  redis.call('hset', KEY, 'v', version, 'l', '')
  redis.call('expire', KEY, DAY_S)
  return {}
end

-- The routes of devices; those of a later registration are another device's.
local function routes_of(up_to_registration, devices, removed)
  local found = {}
  for _, device in ipairs(devices) do
    local state = read(device)
    if tonumber(state.registration) <= tonumber(up_to_registration) then
      for _, route in ipairs(state.routes) do
        found[#found + 1] = device
        found[#found + 1] = whole(route.epoch)
        found[#found + 1] = route.node
        found[#found + 1] = route.connection
      end
      if removed and #state.routes > 0 then
        state.routes = {}
        write(device, state)
      end
    end
  end
  return found
end

local operations = {
  open = open,
  close = function(device, epoch) return leave(device, epoch, true) end,
  abandon = function(device, epoch) return leave(device, epoch, false) end,
  restore = restore,
  put = put,
  remove = remove,
  routes = function(up_to, ...) return routes_of(up_to, {...}, false) end,
  ['end'] = function(up_to, ...) return routes_of(up_to, {...}, true) end
}

return operations[ARGV[1]](unpack(ARGV, 2))
