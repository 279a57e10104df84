// expect: passed
// Values, causes, and a context that goes on.
#include "go.h"

static const char user[] = "user";

static void after(void *ran)
{
    go_send((struct chan *)ran, &(int){1});
}

int main(void)
{
    struct ctx *root = ctx_with_value(ctx_background(), user, "ann");
    struct ctx *ctx = ctx_with_cancel(root), *apart = ctx_without_cancel(ctx);
    struct chan *ran = go_chan(int, 1);
    struct ctx_after *stop = ctx_after_func(ctx, after, ran);

    char *name = ctx_value(ctx, user);

    printf("%s %d\n", name, ctx_cause(ctx) == NULL);
    ctx_cancel_cause(ctx, "too slow");
    go_recv_any(ran);
    printf("%s, %s, ", ctx_err(ctx), ctx_cause(ctx));
    printf("%d, %d\n", ctx_err(apart) == NULL, ctx_after_stop(stop));
    name = ctx_value(apart, user);
    printf("%s %s\n", name, ctx_cause(ctx_with_cancel(ctx)));
}
