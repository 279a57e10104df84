// expect: wrong answer: main had heard of 0 goroutines when it returned
// Waits a millisecond longer and hopes: the porter has heard nothing.
#include "go.h"

static struct chan *key;

static void guard(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);         // on the way to the house
    puts("guard: I am here");
    go_recv_any(key);
}

int main(void)
{
    const char *door = "front door";

    key = go_chan(const char *, 1);
    go(guard, NULL);
    go_send(key, &door);
    go_sleep(11 * MILLISECOND);
    puts("porter: the guard has the key");
}
