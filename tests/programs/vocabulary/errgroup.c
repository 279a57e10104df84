// expect: passed
// The first error is what group_wait returns, and it cancels the others.
#include "go.h"

static struct ctx *ctx;

static const char *breaks(void *arg)
{
    (void)arg;
    return "broken";
}

static const char *waits(void *arg)
{
    (void)arg;
    go_recv_any(ctx_done(ctx));
    return ctx_err(ctx);
}

int main(void)
{
    struct group g = {0}, limited = {0};

    ctx = group_with_context(&g, ctx_background());
    group_go(&g, waits, NULL);
    group_go(&g, breaks, NULL);
    printf("%s ", group_wait(&g));
    printf("%s\n", ctx_err(ctx));
    group_set_limit(&limited, 1);
    printf("%d ", group_try_go(&limited, breaks, NULL));
    printf("%s\n", group_wait(&limited));
}
