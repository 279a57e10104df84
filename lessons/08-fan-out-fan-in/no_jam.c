// Each of them can be called off, wherever it waits.
#include "go.h"

static struct ctx *ctx;
static struct chan *drawers, *found;
static struct wg searchers;

static void name_drawers(void *arg)
{
    (void)arg;
    for (int drawer = 1; drawer <= 6; drawer++)
        if (go_select(SEND(drawers, &drawer), RECV(ctx_done(ctx))) == 1)
            break;
    go_close(drawers);
}

static void searcher(void *arg)
{
    int drawer;

    (void)arg;
    while (go_recv(drawers, &drawer)) {
        go_sleep(10 * MILLISECOND);     // looks into it
        if (go_select(SEND(found, &drawer), RECV(ctx_done(ctx))) == 1)
            break;
    }
    wg_done(&searchers);
}

int main(void)
{
    ctx = ctx_with_cancel(ctx_background());
    drawers = go_chan(int, 0);
    found = go_chan(int, 0);
    go(name_drawers, NULL);
    for (int i = 0; i < 2; i++) {
        wg_add(&searchers, 1);
        go(searcher, NULL);
    }
    go_recv_any(found);                 // one key is enough
    ctx_cancel(ctx);
    wg_wait(&searchers);
    printf("all searchers are home\n");
}
