-- expect: leak
-- A helper that waits for the end of a context.  Who ends the context?

local function helper(ctx)
  ctx:done():recv()
end

local function request(question)
  local ctx, cancel = context.with_cancel(context.background())
  go(helper, ctx)
  if question == "" then
    return "no question"                -- and cancel?
  end
  cancel()
  return "the answer to " .. question
end

print(request("life"))
print(request(""))
