// expect: wrong answer
// Waits as long as the guard needs, and so they speak in any order.
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
    go_sleep(10 * MILLISECOND);
    puts("porter: the guard has the key");
}
