/* N goroutines send one value each on a channel without a buffer, main receives N.
 *
 * A hand-off is a step of main's, so all are in one order; who is the k-th to be received from is
 * free: N!. */
#include "go.h"

#ifndef N
#define N 3
#endif

static void sender(void *arg)
{
    int value = 1;

    go_send((struct chan *)arg, &value);
}

int main(void)
{
    struct chan *c = go_chan(int, 0);

    for (int i = 0; i < N; i++)
        go(sender, c);
    for (int i = 0; i < N; i++)
        go_recv_any(c);
}
