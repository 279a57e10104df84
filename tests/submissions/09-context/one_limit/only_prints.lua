-- expect: wrong answer: at least
-- Prints what the task asks for and fetches nothing.

print("header: ok")
print("body: context deadline exceeded")
