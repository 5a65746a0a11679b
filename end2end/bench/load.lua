-- One case for wrk: what to ask, from the environment, and one line of JSON about the answers.
--   METHOD, TOKEN, BODY   as they are sent; `#` in BODY becomes a number that was not used before
--   PATHS                 asked in turn; `{phrase}` becomes PHRASE in capitals and small letters as never before
--   FIRST                 the number to count from, so that no run repeats what another asked
local method, body = os.getenv("METHOD"), os.getenv("BODY")
local phrase = os.getenv("PHRASE") or ""
local count = tonumber(os.getenv("FIRST") or "0")
local paths = {}
for path in os.getenv("PATHS"):gmatch("%S+") do
  paths[#paths + 1] = path
end
local headers = { ["Accept"] = "application/json" }
if os.getenv("TOKEN") then
  headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
end
if body then
  headers["Content-Type"] = "application/json"
end

-- Each letter is a binary digit. A search does not mind capitals, but an answer that was kept is found by its spelling.
local function spelled(number)
  return (phrase:gsub("%a", function(letter)
    local capital = number % 2 == 1
    number = math.floor(number / 2)
    return capital and letter:upper() or letter
  end):gsub(" ", "%%20"))
end

local always
function init()
  if #paths == 1 and not body and not paths[1]:find("{phrase}", 1, true) then
    always = wrk.format(method, paths[1], headers)
  end
end

function request()
  if always then
    return always
  end
  count = count + 1
  local path = paths[count % #paths + 1]:gsub("{phrase}", function() return spelled(count) end)
  return wrk.format(method, path, headers, body and body:gsub("#", count))
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "micros": %d, "p50": %d, "p99": %d, "refused": %d, "broken": %d}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout
  ))
end
