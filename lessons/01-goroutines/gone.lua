-- main does not wait: who sees the second line?

local function write_letter()
  time.sleep(10 * time.millisecond)
  print("the letter is written")
end

go(write_letter)
print("main goes home")
