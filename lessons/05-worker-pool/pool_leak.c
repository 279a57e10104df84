// expect: leak
// The pool with one select taken away.  Where does a worker get stuck?
#include "go.h"

enum { WORKERS = 3, JOBS = 12 };

static struct ctx *ctx;
static struct chan *jobs, *results;

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
            return;
        go_sleep(20 * MILLISECOND);     // the work
        square = n * n;
        go_send(results, &square);      // and if nobody listens any more?
    }
}

int main(void)
{
    int square, count = 0;

    ctx = ctx_with_timeout(ctx_background(), 50 * MILLISECOND);
    jobs = go_chan(int, 0);
    results = go_chan(int, 0);
    for (int i = 0; i < WORKERS; i++)
        go(worker, NULL);
    go(feeder, NULL);

    while (go_select(RECV(results, &square), RECV(ctx_done(ctx))) == 0)
        count++;
    ctx_cancel(ctx);
    printf("%d squares in time\n", count);
}
