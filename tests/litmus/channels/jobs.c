/* main sends one value to each of N workers who also see that a context is cancelled, which another
 * goroutine does.
 *
 * main's send k is taken by one of the workers left, or there are none: say j sends are made, then main
 * waits for ever on the channel for the rest are gone (a deadlock) unless j = N.  Who takes the
 * sends, in order: N! / (N - j)!; the N - j others see the cancelling, in any order, that commutes.
 * With j < N: one class for each such row.  With j = N nobody sees it; what is cancelled
 * before or after main's end makes two: the cancelling may come before main's end or after it.
 * N = 1: j = 0: 1 (deadlocked), j = 1: 2; N = 2: 1 + 2 deadlocked, 2 * 2. */
#include "go.h"

#ifndef N
#define N 2
#endif

static struct ctx *ctx;

static void worker(void *arg)
{
    go_select(RECV((struct chan *)arg), RECV(ctx_done(ctx)));
}

static void canceller(void *arg)
{
    (void)arg;
    ctx_cancel(ctx);
}

int main(void)
{
    struct chan *jobs = go_chan(int, 0);

    ctx = ctx_with_cancel(ctx_background());
    for (int i = 0; i < N; i++)
        go(worker, jobs);
    go(canceller, NULL);
    for (int i = 0; i < N; i++)
        go_send(jobs, &i);
}
