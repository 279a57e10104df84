/* N goroutines send one value each into a buffer with room for CAP, main receives N.
 *
 * The receives are main's, so in one order; the sends are in one of N! orders, and the k-th send and the
 * k-th receive meet.  A send that has to wait for room only comes after the receive that makes it, a
 * receive after its item: N! for any CAP >= 1. */
#include "go.h"

#ifndef N
#define N 3
#endif
#ifndef CAP
#define CAP 1
#endif

static void sender(void *arg)
{
    int value = 1;

    go_send((struct chan *)arg, &value);
}

int main(void)
{
    struct chan *c = go_chan(int, CAP);

    for (int i = 0; i < N; i++)
        go(sender, c);
    for (int i = 0; i < N; i++)
        go_recv_any(c);
}
