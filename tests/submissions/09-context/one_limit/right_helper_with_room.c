// expect: passed
// Another way: a helper fetches, and puts its answer down.
#include "go.h"

struct fetching {
    int64_t duration;
    struct chan *fetched;
};

static void helper(void *arg)
{
    struct fetching f = *(struct fetching *)arg;

    free(arg);
    go_sleep(f.duration);
    go_send(f.fetched, &(bool){true});
}

static const char *fetch(struct ctx *ctx, int64_t duration)
{
    struct fetching *f = malloc(sizeof *f);
    struct chan *fetched = go_chan(bool, 1);

    *f = (struct fetching){duration, fetched};
    go(helper, f);
    if (go_select(RECV(fetched), RECV(ctx_done(ctx))) == 1)
        return ctx_err(ctx);
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
