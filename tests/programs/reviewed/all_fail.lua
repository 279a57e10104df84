-- expect: deadlock
-- The first answer wins; when all sources fail nobody reads the errors, and the caller waits on.
local ctx, cancel = context.with_cancel(context.background())
local answers, errs = chan(0, "answers"), chan(0, "errs")

local function source(name)
  select { failed = send(errs, name .. " is down"), done = recv(ctx:done()) }
end

for _, name in ipairs {"a", "b"} do
  go(source, name)
end
local case, answer = select { answer = recv(answers), done = recv(ctx:done()) }
cancel()
print(case, answer)
