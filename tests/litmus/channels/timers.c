/* N goroutines sleep, each longer than the one before, and then send on one channel with room for all.
 *
 * Time goes on only when nobody can, so the sends come in the order of the deadlines: 1. */
#include "go.h"

#ifndef N
#define N 3
#endif

static struct chan *c;

static void sleeper(void *arg)
{
    int i = (int)(intptr_t)arg;

    go_sleep(i * MILLISECOND);
    go_send(c, &i);
}

int main(void)
{
    c = go_chan(int, N);
    for (intptr_t i = 1; i <= N; i++)
        go(sleeper, (void *)i);
    for (int i = 0; i < N; i++)
        go_recv_any(c);
}
