// expect: wrong answer
// The guard takes the key first and speaks then: the porter may be quicker.
#include "go.h"

static struct chan *key;

static void guard(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);         // on the way to the house
    go_recv_any(key);
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
