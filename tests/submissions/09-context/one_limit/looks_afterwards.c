// expect: wrong answer: ms of virtual time
// Fetches all of it, and then says that it was too late.
#include "go.h"

static const char *fetch(struct ctx *ctx, int64_t duration)
{
    go_sleep(duration);
    return ctx_err(ctx) ? ctx_err(ctx) : "ok";
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
