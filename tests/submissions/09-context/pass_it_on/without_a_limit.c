// expect: deadlock
// Neither the news nor the limit reaches the query.
#include "go.h"

struct call {
    struct ctx *ctx;
    struct chan *answer; // of const char *
};

static const char *query(struct ctx *ctx)
{
    struct chan *table_free = go_chan(bool, 0);  // it never is

    go_select(RECV(table_free), RECV(ctx_done(ctx)));
    printf("query: %s\n", ctx_err(ctx));
    return ctx_err(ctx);
}

static const char *service(struct ctx *ctx)
{
    (void)ctx;
    return query(ctx_background());
}

static void handler(void *arg)
{
    struct call *call = arg;
    const char *err = service(call->ctx);

    go_send(call->answer, &err);
}

int main(void)
{
    static struct call call;
    const char *err;

    call.ctx = ctx_with_cancel(ctx_background());
    call.answer = go_chan(const char *, 0);
    go(handler, &call);
    go_sleep(10 * MILLISECOND);
    ctx_cancel(call.ctx);
    go_recv(call.answer, &err);
    printf("handler: %s\n", err);
}
