-- review: error handling: advice: the error that save returns is thrown away \(errors_not_taken.lua:7\)
local function save(text)
  if text == "" then return errors.new("nothing to save") end
  print(text)
end

save("a line")
