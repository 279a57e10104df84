-- expect: wrong answer
-- Prints the number and counts nothing in a goroutine.

print("3 visits")
