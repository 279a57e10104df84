// The channel has no room: the send is finished when the guard has received,
// and so the porter knows.  With room for one it was finished when the key
// lay on the counter.
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

    key = go_chan(const char *, 0);
    go(guard, NULL);
    go_send(key, &door);
    puts("porter: the guard has the key");
}
