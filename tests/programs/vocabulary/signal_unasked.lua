-- expect: wrong answer: signal: interrupt
-- Nobody asked for it: it ends the program.
signal.at(50 * time.ms, syscall.SIGINT)
time.sleep(time.second)
print("never printed")
