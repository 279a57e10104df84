// First ask, then insist.  Three guests are at table when the shop closes.
#include "go.h"

struct guest {
    const char *name;
    int ms;
};

static struct ctx *work;
static struct chan *finished;
static struct wg guests;

static int now(void)
{
    return (int)(go_now() / MILLISECOND);
}

static void guest(void *arg)
{
    const struct guest *g = arg;
    struct chan *fed = go_after(g->ms * MILLISECOND);
    int chosen = go_select(RECV(fed), RECV(ctx_done(work)));

    printf("%s: %s at %d ms\n", g->name, chosen == 0 ? "fed" : "out", now());
    wg_done(&guests);
}

static void watch(void *arg)
{
    (void)arg;
    wg_wait(&guests);
    go_close(finished);
}

int main(void)
{
    static struct guest all[] = {{"hasty", 10}, {"slow", 40}, {"talker", 500}};
    struct chan *limit;

    work = ctx_with_cancel(ctx_background());
    finished = go_chan(bool, 0);
    for (int i = 0; i < 3; i++) {
        wg_add(&guests, 1);
        go(guest, &all[i]);
    }
    go(watch, NULL);

    limit = go_after(60 * MILLISECOND);
    if (go_select(RECV(finished), RECV(limit)) == 1) {
        ctx_cancel(work);               // the second phase
        go_recv_any(finished);          // short: everybody listens
    }
    printf("closed after %d ms\n", now());
}
