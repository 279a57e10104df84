// expect: wrong answer
// A page at a time: then nothing can go wrong.
#include "go.h"

static struct ctx *ctx;
static struct a64 saved;

static const char *save(int page)
{
    for (int half = 1; half <= 2; half++) {
        if (ctx_err(ctx))
            return ctx_err(ctx);
        if (page == 4) {
            go_sleep(3 * MILLISECOND);
            return err_new("page 4: disk full");
        }
        go_sleep(5 * MILLISECOND);
    }
    a64_add(&saved, 1);
    return NULL;
}

static const char *saver(void *arg)
{
    return save(*(int *)arg);
}

int main(void)
{
    static int pages[] = {1, 2, 3, 4, 5, 6};
    static struct group g;

    ctx = group_with_context(&g, ctx_background());
    group_set_limit(&g, 1);
    for (int i = 0; i < 6; i++)
        group_go(&g, saver, &pages[i]); // waits for the one at work
    printf("%s\n", group_wait(&g));
    printf("%d pages saved\n", (int)a64_load(&saved));
}
