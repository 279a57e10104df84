local done = chan()
for i = 1, 2 do
  go(function()
    print(i)
    done:send(i)
  end)
end
if done:recv() == 2 then go.mark("two first") end
done:recv()
