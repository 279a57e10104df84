// A buffered channel: the sender may run ahead, but only by two.
#include "go.h"

static struct chan *counter;            // the kitchen counter

static void cook(void *arg)
{
    (void)arg;
    for (int dish = 1; dish <= 4; dish++)
        go_send(counter, &dish);        // waits only when the counter is full
    go_close(counter);
}

int main(void)
{
    int dish;

    counter = go_chan(int, 2);          // holds two dishes
    go(cook, NULL);

    go_sleep(10 * MILLISECOND);         // the waiter comes late
    printf("dishes waiting: %zu\n", go_len(counter));

    while (go_recv(counter, &dish))
        printf("served dish %d\n", dish);
}
