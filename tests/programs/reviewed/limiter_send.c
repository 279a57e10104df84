// expect: leak
// A rate limiter that looks at ctx as it waits for its tick, and not as it sends.
#include "go.h"

static struct ctx *ctx;
static struct chan *jobs, *out;

static void limiter(void *arg)
{
    struct ticker tick = go_ticker(10);
    int job;

    while (go_select(RECV(tick.c), RECV(ctx_done(ctx))) == 0) {
        if (!go_recv(jobs, &job))
            break;
        go_send(out, &job);
    }
    ticker_stop(&tick);
    (void)arg;
}

int main(void)
{
    int job;

    ctx = ctx_with_cancel(ctx_background());
    jobs = go_chan(int, 2);
    out = go_chan(int, 0);
    for (job = 1; job <= 2; job++)
        go_send(jobs, &job);
    go_close(jobs);
    go(limiter, NULL);
    go_recv(out, &job);
    go_sleep(15);
    ctx_cancel(ctx);
}
