// Loading starts nothing.  main starts the counting, gives it a context, and
// gets back a channel that is closed when the counting has ended: who starts
// a goroutine decides when it stops, and can wait until it has.
#include "go.h"

// The module.
static struct chan *visits, *ended;
static int count;

static void run(void *arg)
{
    struct ctx *ctx = arg;

    while (go_select(RECV(visits), RECV(ctx_done(ctx))) == 0)
        count++;
    go_close(ended);
}

static void counter_load(void)
{
    visits = go_chan(int, 0);
    ended = go_chan(int, 0);
}

static void counter_start(struct ctx *ctx)
{
    go(run, ctx);
}

int main(void)
{
    struct ctx *ctx = ctx_with_cancel(ctx_background());

    counter_load();
    counter_start(ctx);
    for (int n = 1; n <= 3; n++)
        go_send(visits, &n);
    ctx_cancel(ctx);
    go_recv_any(ended);
    printf("%d visits\n", count);
}
