// Four pages, two at once.  Page 1 fails when page 2 is done.
#include "go.h"

static struct ctx *ctx;
static struct a64 begun;

static const char *save(void *arg)
{
    int page = *(int *)arg;

    if (ctx_err(ctx))
        return ctx_err(ctx);            // called off before it began
    a64_add(&begun, 1);
    go_sleep(10 * MILLISECOND);
    return page == 1 ? err_new("page 1: disk full") : NULL;
}

int main(void)
{
    static int pages[] = {1, 2, 3, 4};
    static struct group g;

    ctx = group_with_context(&g, ctx_background());
    group_set_limit(&g, 2);
    for (int i = 0; i < 4; i++)
        group_go(&g, save, &pages[i]);  // waits while two are at work
    printf("%s\n", group_wait(&g));
    printf("begun: %d\n", (int)a64_load(&begun));
}
