// expect: deadlock
// No room, and the guard takes no key: the porter stands there for ever.
#include "go.h"

static struct chan *key;

static void guard(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);         // on the way to the house
    puts("guard: I am here");
}

int main(void)
{
    const char *door = "front door";

    key = go_chan(const char *, 0);
    go(guard, NULL);
    go_send(key, &door);
    puts("porter: the guard has the key");
}
