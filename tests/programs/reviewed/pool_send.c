// expect: leak
// A pool whose send of a result is outside select: the consumer leaves, the workers stay.
#include "go.h"

static struct ctx *ctx;
static struct chan *jobs, *results;

static void worker(void *arg)
{
    int n, square;
    bool ok;

    while (go_select(RECV(jobs, &n, &ok), RECV(ctx_done(ctx))) == 0 && ok) {
        square = n * n;
        go_send(results, &square);
    }
    (void)arg;
}

int main(void)
{
    int square;

    ctx = ctx_with_cancel(ctx_background());
    jobs = go_chan(int, 3);
    results = go_chan(int, 0);
    for (int n = 1; n <= 3; n++)
        go_send(jobs, &n);
    go_close(jobs);
    go(worker, NULL);
    go(worker, NULL);
    go_recv(results, &square);
    ctx_cancel(ctx);
}
