/* A buffer with N values is closed; N + 1 goroutines receive one each.
 *
 * Who gets which item: (N + 1)! / 1! orders of the N who get one, and the last finds it empty:
 * (N + 1)! in all. */
#include "go.h"

#ifndef N
#define N 2
#endif

static struct wg wg;

static void receiver(void *arg)
{
    go_recv_any((struct chan *)arg);
    wg_done(&wg);
}

int main(void)
{
    struct chan *c = go_chan(int, N);

    for (int i = 0; i < N; i++)
        go_send(c, &i);
    go_close(c);
    wg_add(&wg, N + 1);
    for (int i = 0; i <= N; i++)
        go(receiver, c);
    wg_wait(&wg);
}
