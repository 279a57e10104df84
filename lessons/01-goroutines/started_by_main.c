// A module whose loading starts nothing: main starts it, stops it, waits.
#include "go.h"

// The module.
static struct chan *ended;
static int ticks;

static void clock_run(void *arg)
{
    struct ticker ticker = go_ticker(10 * MILLISECOND);
    struct ctx *ctx = arg;

    while (go_select(RECV(ticker.c), RECV(ctx_done(ctx))) == 0)
        ticks++;
    ticker_stop(&ticker);
    go_close(ended);
}

static void clock_start(struct ctx *ctx)
{
    ended = go_chan(bool, 0);
    go(clock_run, ctx);
}

int main(void)
{
    struct ctx *ctx = ctx_with_cancel(ctx_background());

    clock_start(ctx);
    go_sleep(35 * MILLISECOND);
    ctx_cancel(ctx);
    go_recv_any(ended);
    printf("%d ticks\n", ticks);
}
