// expect: leak
// A stage that lets one through each 10 ms.  main wants two, and leaves.
#include "go.h"

static struct ctx *ctx;
static struct chan *jobs, *out;

static void limited(void *arg)
{
    struct ticker tick = go_ticker(10 * MILLISECOND);
    int job;

    (void)arg;
    while (go_select(RECV(tick.c), RECV(ctx_done(ctx))) == 0) {
        if (!go_recv(jobs, &job))       // with the tick in hand
            break;
        go_send(out, &job);             // and if nobody listens any more?
    }
    ticker_stop(&tick);
}

int main(void)
{
    int job;

    ctx = ctx_with_cancel(ctx_background());
    jobs = go_chan(int, 4);
    out = go_chan(int, 0);
    for (job = 1; job <= 4; job++)
        go_send(jobs, &job);
    go_close(jobs);

    go(limited, NULL);
    for (int i = 0; i < 2; i++) {
        go_recv(out, &job);
        printf("job %d\n", job);
    }
    go_sleep(15 * MILLISECOND);
    ctx_cancel(ctx);
}
