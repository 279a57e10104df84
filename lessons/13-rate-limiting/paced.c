// The job first, then its tick; and a way out wherever it waits.
#include "go.h"

static struct ctx *ctx;
static struct chan *jobs, *out;

static void paced(void *arg)
{
    struct ticker tick = go_ticker(10 * MILLISECOND);
    int job;

    (void)arg;
    while (go_recv(jobs, &job))         // closed by its sender, always
        if (go_select(RECV(tick.c), RECV(ctx_done(ctx))) == 1 ||
            go_select(SEND(out, &job), RECV(ctx_done(ctx))) == 1)
            break;
    ticker_stop(&tick);
    go_close(out);
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

    go(paced, NULL);
    for (int i = 0; i < 2; i++) {
        go_recv(out, &job);
        printf("job %d\n", job);
    }
    go_sleep(15 * MILLISECOND);
    ctx_cancel(ctx);
}
