// Four guests come at once, and none of them waits longer than 15 ms.
#include "go.h"

static struct limit *limit;
static struct wg guests;

static void guest(void *arg)
{
    struct ctx *ctx = ctx_with_timeout(ctx_background(), 15 * MILLISECOND);
    const char *word = limit_wait(limit, ctx, 1) ? "turned away" : "in";

    (void)arg;
    printf("%s at %d ms\n", word, (int)(go_now() / MILLISECOND));
    ctx_cancel(ctx);
    wg_done(&guests);
}

int main(void)
{
    limit = go_limit(10 * MILLISECOND, 2);
    for (int i = 0; i < 4; i++) {
        wg_add(&guests, 1);
        go(guest, NULL);
    }
    wg_wait(&guests);
}
