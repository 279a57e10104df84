// expect: passed
// Timers set anew, functions started by the clock.
#include "go.h"

static void late(void *done)
{
    int64_t now = go_now();

    go_send((struct chan *)done, &now);
}

int main(void)
{
    struct chan *done = go_chan(int64_t, 1);
    struct go_timer t = go_timer(10), f;
    struct ticker tick;
    int64_t at;

    printf("%d ", timer_reset(&t, 30));
    go_recv(t.c, &at);
    printf("%d\n", (int)at);
    f = go_after_func(20, late, done);
    go_recv(done, &at);
    printf("%d\n", (int)at);
    timer_reset(&f, 7);
    go_recv(done, &at);
    printf("%d %d\n", (int)at, timer_stop(&f));
    tick = go_ticker(10);
    go_recv_any(tick.c);
    ticker_reset(&tick, 25);
    go_recv(tick.c, &at);
    printf("%d\n", (int)at);
    ticker_stop(&tick);
}
