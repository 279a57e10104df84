// Three fetch something, and one fails.  Two of them listen to the context.
#include "go.h"

static struct ctx *ctx;

static const char *fails(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);
    return err_new("menu: not found");
}

static const char *listens(void *arg)
{
    struct chan *found = go_after(50 * MILLISECOND);

    (void)arg;
    if (go_select(RECV(found), RECV(ctx_done(ctx))) == 1)
        return err_wrap(ctx_err(ctx), "wine list");
    return NULL;
}

static const char *does_not_listen(void *arg)
{
    (void)arg;
    go_sleep(30 * MILLISECOND);
    return NULL;
}

int main(void)
{
    static struct group g;

    ctx = group_with_context(&g, ctx_background());
    group_go(&g, fails, NULL);
    group_go(&g, listens, NULL);
    group_go(&g, does_not_listen, NULL);

    printf("%s\n", group_wait(&g));
    printf("after %d ms\n", (int)(go_now() / MILLISECOND));
}
