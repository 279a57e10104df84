// A page consists of a header, fetched in 10 ms, and a body that takes 40 ms
// today.  The reader waits 30 ms for all of it, not longer.
//
// There is a context with this limit, and fetch gets it; but it does not look.
//
// Your task: let fetch give up when the context's time is over.
#include "go.h"

static const char *fetch(struct ctx *ctx, int64_t duration)
{
    (void)ctx;
    go_sleep(duration);                 // and if ctx ends meanwhile?
    return "ok";
}

static struct chan *finished;

static void page(void *arg)
{
    struct ctx *ctx = arg;

    printf("header: %s\n", fetch(ctx, 10 * MILLISECOND));
    printf("body: %s\n", fetch(ctx, 40 * MILLISECOND));
    go_close(finished);
}

int main(void)
{
    struct ctx *ctx = ctx_with_timeout(ctx_background(), 30 * MILLISECOND);

    finished = go_chan(bool, 0);
    go(page, ctx);
    go_recv_any(finished);
    ctx_cancel(ctx);
}
