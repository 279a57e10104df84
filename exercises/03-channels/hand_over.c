// The porter may go home when the guard has the key, and not before.
//
// Run it: the porter says that the guard has the key, and the guard is not
// even here.  What does a finished send tell, on this channel?
//
// Your task: let the porter speak only when it is true.
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
    puts("porter: the guard has the key");
}
