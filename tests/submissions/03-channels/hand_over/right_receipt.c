// expect: passed
// Another way: room for one, and the guard gives a receipt.
#include "go.h"

static struct chan *key, *receipt;

static void guard(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);         // on the way to the house
    puts("guard: I am here");
    go_recv_any(key);
    go_close(receipt);
}

int main(void)
{
    const char *door = "front door";

    key = go_chan(const char *, 1);
    receipt = go_chan(bool, 0);
    go(guard, NULL);
    go_send(key, &door);
    go_recv_any(receipt);
    puts("porter: the guard has the key");
}
