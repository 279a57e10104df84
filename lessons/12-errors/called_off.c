// Three are fetched, and one fails.  The wine listens to the context.
#include "go.h"

static struct ctx *ctx;

static const char *menu(void *arg)      // fails soon
{
    (void)arg;
    go_sleep(10 * MILLISECOND);
    return err_new("menu: not found");
}

static const char *wine(void *arg)      // listens
{
    struct chan *found = go_after(50 * MILLISECOND);

    (void)arg;
    if (go_select(RECV(found), RECV(ctx_done(ctx))) == 1)
        return err_wrap(ctx_err(ctx), "wine");
    return NULL;
}

static const char *bread(void *arg)     // does not listen
{
    (void)arg;
    go_sleep(30 * MILLISECOND);
    return NULL;
}

int main(void)
{
    static struct group g;

    ctx = group_with_context(&g, ctx_background());
    group_go(&g, menu, NULL);
    group_go(&g, wine, NULL);
    group_go(&g, bread, NULL);
    printf("%s\n", group_wait(&g));
    printf("after %d ms\n", (int)(go_now() / MILLISECOND));
}
