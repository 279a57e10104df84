/* N goroutines send one value each on a channel without a buffer, N receive one each.
 *
 * Hand-offs of different pairs commute: only who meets whom makes a difference, N!.  (main's
 * Wait comes after all.) */
#include "go.h"

#ifndef N
#define N 2
#endif

static struct wg wg;

static void sender(void *arg)
{
    int value = 1;

    go_send((struct chan *)arg, &value);
    wg_done(&wg);
}

static void receiver(void *arg)
{
    go_recv_any((struct chan *)arg);
    wg_done(&wg);
}

int main(void)
{
    struct chan *c = go_chan(int, 0);

    wg_add(&wg, 2 * N);
    for (int i = 0; i < N; i++)
        go(sender, c);
    for (int i = 0; i < N; i++)
        go(receiver, c);
    wg_wait(&wg);
}
