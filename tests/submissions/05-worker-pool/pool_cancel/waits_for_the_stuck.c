// expect: deadlock
// main waits for workers whose results it will never take.
#include "go.h"

static struct ctx *ctx;
static struct chan *jobs, *results;
static struct wg workers;

static void feeder(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 6; n++)
        if (go_select(SEND(jobs, &n), RECV(ctx_done(ctx))) == 1)
            break;
    go_close(jobs);
}

static void worker(void *arg)
{
    int n, square;
    bool ok;

    (void)arg;
    for (;;) {
        if (go_select(RECV(jobs, &n, &ok), RECV(ctx_done(ctx))) == 1 || !ok)
            break;
        square = n * n;
        go_send(results, &square);
    }
    wg_done(&workers);
}

int main(void)
{
    int count = 0;

    ctx = ctx_with_cancel(ctx_background());
    jobs = go_chan(int, 0);
    results = go_chan(int, 0);
    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    go(feeder, NULL);

    while (count < 2) {
        go_recv_any(results);
        count++;
    }
    ctx_cancel(ctx);
    wg_wait(&workers);
    printf("%d results are enough\n", count);
}
