-- expect: wrong answer
-- Prints what is asked for.

print("at 0 ms: 2 of 3")
print("at 5 ms: 0 of 1")
print("at 12 ms: 1 of 2")
print("at 65 ms: 2 of 3")
