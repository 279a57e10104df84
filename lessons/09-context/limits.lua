-- A child asks for more time than its parent has.

local ms = time.millisecond
local trip, cancel_trip = context.with_timeout(context.background(), 20 * ms)
local museum, cancel_museum = context.with_timeout(trip, 50 * ms)
local cafe, cancel_cafe = context.with_deadline(trip, time.now() + 10 * ms)

cafe:done():recv()
print("cafe after " .. time.now() // ms .. " ms: " .. cafe:err())
museum:done():recv()
print("museum after " .. time.now() // ms .. " ms: " .. museum:err())
print("trip: " .. trip:err())

cancel_cafe()
cancel_museum()
cancel_trip()
