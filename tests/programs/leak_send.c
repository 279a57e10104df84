// expect: leak
// A pool whose send is outside select: main leaves, a worker stands there.
#include "go.h"

static struct ctx *ctx;
static struct chan *jobs, *results;

static void worker(void *arg)
{
    int n, square;
    bool ok;

    (void)arg;
    for (;;) {
        if (go_select(RECV(jobs, &n, &ok), RECV(ctx_done(ctx))) == 1 || !ok)
            return;
        square = n * n;
        go_send(results, &square);
    }
}

int main(void)
{
    ctx = ctx_with_cancel(ctx_background());
    jobs = go_chan(int, 4);
    results = go_chan(int, 0);
    for (int n = 1; n <= 4; n++)
        go_send(jobs, &n);
    go_close(jobs);
    for (int i = 0; i < 2; i++)
        go(worker, NULL);

    go_recv_any(results);
    ctx_cancel(ctx);
    printf("one result is enough\n");
}
