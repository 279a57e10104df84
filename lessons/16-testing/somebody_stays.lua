-- expect: leak
-- Asks two kitchens and takes the first answer. The other cook stays for ever.

local soups = chan(0, "soups")

local function leek()
  time.sleep(5 * time.minute)
  soups:send("leek soup")
end

local function pea()
  time.sleep(9 * time.minute)
  soups:send("pea soup")
end

go(leek)
go(pea)

local soup = soups:recv()
if soup ~= "leek soup" then         -- the check
  panic("the slower one was first")
end
print("ok: " .. soup)
