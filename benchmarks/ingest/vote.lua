-- One event a request, for wrk: ids rise, request ids arrive in no order, as they do in life.
local sent = 0
local series = 0

function init(options)
  series = tonumber(options[1]) or 0
end

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

function request()
  sent = sent + 1
  local event = string.format(
    '{"events":[{"id":"01JD000000%d%015d","type":"explicit_text_comment","requestId":"req-%d","userId":"user-%d",'
      .. '"timestamp":"2026-01-01T00:00:00.000Z","value":"The second paragraph answers a different one."}]}',
    series, sent, (sent * 7919) % 1000003, sent % 5000)
  return wrk.format(nil, "/v1/feedback", nil, event)
end
