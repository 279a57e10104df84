-- expect: wrong answer
-- Prints what the task asks for and works on nothing.

print("6 squares, their sum is 91")
