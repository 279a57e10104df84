/* N goroutines each receive from a channel nobody sends on or see that a context is cancelled; main
 * cancels it.
 *
 * Nobody can go on but by the cancelling, and to see that it is commutes: 1. */
#include "go.h"

#ifndef N
#define N 3
#endif

static struct ctx *ctx;
static struct wg wg;

static void worker(void *arg)
{
    go_select(RECV((struct chan *)arg), RECV(ctx_done(ctx)));
    wg_done(&wg);
}

int main(void)
{
    struct chan *never = go_chan(int, 0);

    ctx = ctx_with_cancel(ctx_background());
    wg_add(&wg, N);
    for (int i = 0; i < N; i++)
        go(worker, never);
    ctx_cancel(ctx);
    wg_wait(&wg);
}
