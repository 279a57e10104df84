// expect: wrong answer
// Does not wait for the header either.
#include "go.h"

static const char *fetch(struct ctx *ctx, int64_t duration)
{
    if (go_select_default(RECV(go_after(duration))) == -1)
        return ctx_err(ctx) ? ctx_err(ctx) : "none";
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
