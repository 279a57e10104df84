// Three calls deep, and the news gets there.
#include "go.h"

static struct chan *table_1;            // of const char *

static const char *chop(struct ctx *ctx, const char **err)
{
    struct chan *chopped = go_after(50 * MILLISECOND);

    *err = NULL;
    if (go_select(RECV(chopped), RECV(ctx_done(ctx))) == 0)
        return "vegetables";
    *err = ctx_err(ctx);
    return NULL;
}

static const char *cook(struct ctx *ctx, const char **err)
{
    return chop(ctx, err) ? "soup" : NULL; // passes it on
}

static void waiter(void *arg)
{
    struct ctx *ctx = arg;
    const char *err, *dish = cook(ctx, &err); // passes it on

    go_send(table_1, dish ? &dish : &err);
}

int main(void)
{
    struct ctx *ctx = ctx_with_cancel(ctx_background());
    const char *dish;

    table_1 = go_chan(const char *, 0);
    go(waiter, ctx);
    go_sleep(20 * MILLISECOND);         // the guest looks at the clock
    ctx_cancel(ctx);
    go_recv(table_1, &dish);
    printf("%s\n", dish);
}
