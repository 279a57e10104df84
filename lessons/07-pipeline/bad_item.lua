-- One item is bad: its error travels down the pipe, and all stages stop.

local function generate(ctx, out)
  local _ <close> = defer(out.close, out)
  for _, text in ipairs { "2", "3", "three", "4" } do
    if select { out = send(out, text), done = recv(ctx:done()) } == "done" then
      return
    end
  end
end

local function parse(ctx, input, out)
  local _ <close> = defer(out.close, out)
  for text in input:range() do
    local item = { value = tonumber(text) }
    if not item.value then
      item.err = "not a number: " .. text
    end
    if select { out = send(out, item), done = recv(ctx:done()) } == "done" then
      return
    end
  end
end

local ctx, cancel = context.with_cancel(context.background())
local _ <close> = defer(cancel)         -- the first error ends all stages
local texts, items = chan(0, "texts"), chan(0, "items")
go(generate, ctx, texts)
go(parse, ctx, texts, items)

for item in items:range() do
  if item.err then
    print("stopped: " .. item.err)
    break
  end
  print(item.value * item.value)
end
