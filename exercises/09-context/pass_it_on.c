// main asks a handler, the handler asks a service, the service asks a database
// whose table is locked.  After 10 ms main has lost interest and cancels.
//
// Nobody hears it: the query goes on for a whole second.
//
// Your task: let the news reach the query.  The service may still say that a
// query takes one second at most.
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
    struct ctx *limited = ctx_with_timeout(ctx_background(), SECOND);
    const char *err = query(limited);

    (void)ctx;
    ctx_cancel(limited);
    return err;
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
