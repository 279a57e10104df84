-- review: error handling: advice: err is set, and nobody looks at it \(errors_not_read.lua:8\)
local function load(n)
  if n > 3 then return nil, errors.new("too many") end
  return n
end

-- the second says why there is no first
local value, err = load(4)
print(value or "nothing")
