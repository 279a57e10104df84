// expect: wrong answer: line 1 of the output should be
// More room: the porter knows even less.
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

    key = go_chan(const char *, 2);
    go(guard, NULL);
    go_send(key, &door);
    puts("porter: the guard has the key");
}
