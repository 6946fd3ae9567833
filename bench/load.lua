-- Sends each line of a file once, as the body of a POST, and counts the answers that do not say "Success".
-- Arguments after "--": the file, the number of threads. Prints one line "RESULT {json}" and perhaps "SAMPLE answer".

local threads = {}

function setup(thread)
  thread:set("place", #threads)
  table.insert(threads, thread)
end

-- Each thread reads a stretch of the file of its own, from one line's beginning to another's, so that nobody repeats.
local function begins(file, size, place, count)
  if place == 0 then return 0 end
  file:seek("set", math.floor(size * place / count) - 1)
  file:read("*l")
  return file:seek()
end

function init(args)
  local count = tonumber(args[2])
  file = assert(io.open(args[1], "rb"))
  local size = file:seek("end")
  left = (place + 1 == count and size or begins(file, size, place + 1, count)) - begins(file, size, place, count)
  file:seek("set", begins(file, size, place, count))
  head = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"] ..
    "\r\nContent-Type: application/x-www-form-urlencoded;charset=utf-8\r\nContent-Length: "
  sent, answered, refused, ran_out, sample = 0, 0, 0, 0, ""
end

function request()
  local line = left > 0 and file:read("*l")
  if not line then
    ran_out = 1
    wrk.thread:stop()
    return "GET /nothing-left HTTP/1.1\r\nHost: nobody\r\n\r\n"
  end
  left = left - #line - 1
  sent = sent + 1
  return head .. #line .. "\r\n\r\n" .. line
end

function response(status, headers, body)
  if ran_out == 1 then return end
  answered = answered + 1
  if status ~= 200 or not body:find('"code":"10000"', 1, true) then
    refused = refused + 1
    sample = status .. " " .. body
  end
end

local function sum(name)
  local total = 0
  for _, thread in ipairs(threads) do total = total + thread:get(name) end
  return total
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"answered":%d,"sent":%d,"refused":%d,"ran_out":%d,"broken":%d,"seconds":%.6f,' ..
    '"p50_ms":%.3f,"p90_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f}\n',
    summary.requests, sum("sent"), sum("refused"), sum("ran_out"),
    errors.connect + errors.read + errors.write + errors.timeout, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(90) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
  for _, thread in ipairs(threads) do
    local answer = thread:get("sample")
    if answer ~= "" then io.write("SAMPLE ", answer:gsub("%s+", " "), "\n") return end
  end
end
