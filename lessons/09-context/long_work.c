// Long work that waits for nothing, and looks up now and then.
#include "go.h"

static struct ctx *ctx;
static struct chan *result;             // of int

static void count_stars(void *arg)
{
    int star;

    (void)arg;
    for (star = 1; star <= 1000; star++) {
        if (ctx_err(ctx))               // does anybody still want to know?
            break;
        go_sleep(10 * MILLISECOND);     // counting, not to be interrupted
    }
    go_send(result, &star);
}

int main(void)
{
    int star;

    ctx = ctx_with_timeout(ctx_background(), 25 * MILLISECOND);
    result = go_chan(int, 1);
    go(count_stars, NULL);
    go_recv(result, &star);
    printf("stopped at star %d\n", star);
    printf("after %d ms\n", (int)(go_now() / MILLISECOND));
    ctx_cancel(ctx);
}
