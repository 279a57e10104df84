// expect: leak
// main has a context now, but the module still starts by itself.
#include "go.h"

// The module.
static struct chan *visits, *ended;
static int count;

static void run(void *arg)
{
    struct ctx *ctx = arg;

    while (go_select(RECV(visits), RECV(ctx_done(ctx))) == 0)
        count++;
}

static void counter_load(void)
{
    visits = go_chan(int, 0);
    ended = go_chan(int, 0);
    go(run, ctx_background());
}

int main(void)
{
    struct ctx *ctx = ctx_with_cancel(ctx_background());

    counter_load();
    for (int n = 1; n <= 3; n++)
        go_send(visits, &n);
    ctx_cancel(ctx);
    printf("3 visits\n");
}
