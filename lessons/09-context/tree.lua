-- One context and two children.  Who hears which bell?

local house, close_house = context.with_cancel(context.background())
local kitchen, close_kitchen = context.with_cancel(house)
local office = context.with_cancel(house)

local home = chan(0, "home")

local function works(ctx, where)
  ctx:done():recv()
  home:send(where)
end

go(works, kitchen, "kitchen")
go(works, office, "office")

close_kitchen()
print(home:recv() .. " is closed")
print("house: " .. (house:err() or "open"))
close_house()
print(home:recv() .. " is closed")
print("house: " .. house:err())
