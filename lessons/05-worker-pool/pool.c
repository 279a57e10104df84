// A worker pool: hands out jobs, collects results, stops when time is up.
#include "go.h"

enum { WORKERS = 3, JOBS = 12 };

static struct ctx *ctx;
static struct chan *jobs, *results;
static struct wg workers;

// Owns jobs: the only one that sends on it, and the one that closes it.
static void feeder(void *arg)
{
    (void)arg;
    for (int n = 1; n <= JOBS; n++)
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
        go_sleep(20 * MILLISECOND);     // the work
        square = n * n;
        if (go_select(SEND(results, &square), RECV(ctx_done(ctx))) == 1)
            break;
    }
    wg_done(&workers);
}

// Owns the end of results: closes it when nobody can send any more.
static void coordinator(void *arg)
{
    (void)arg;
    wg_wait(&workers);
    go_close(results);
}

int main(void)
{
    int square, count = 0, sum = 0;
    bool ok;

    ctx = ctx_with_timeout(ctx_background(), 50 * MILLISECOND);
    jobs = go_chan(int, 0);
    results = go_chan(int, 0);
    for (int i = 0; i < WORKERS; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    go(feeder, NULL);
    go(coordinator, NULL);

    for (;;) {
        if (go_select(RECV(results, &square, &ok), RECV(ctx_done(ctx))) == 1)
            break;
        if (!ok)
            break;
        count++;
        sum += square;
    }
    wg_wait(&workers);                  // let the workers get home
    ctx_cancel(ctx);                    // always, however main ends
    printf("%d squares in time, their sum is %d\n", count, sum);
}
