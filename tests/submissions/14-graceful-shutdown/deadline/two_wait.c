// expect: panic
// main gives up by counting the last one out itself.
#include "go.h"

#define LIMIT (30 * MILLISECOND)

static struct ctx *ctx;
static struct wg guests;
static struct mu mu;
static int fed, out;

static void wait_for_all(void *finished)
{
    wg_wait(&guests);
    go_close(finished);
}

// Waits until all are done; at the limit it insists, and waits again.
static void shutdown(void)
{
    struct chan *finished = go_chan(bool, 0), *limit = go_after(LIMIT);

    go(wait_for_all, finished);
    if (go_select(RECV(finished), RECV(limit)) == 1) {
        wg_done(&guests);
        ctx_cancel(ctx);
        go_recv_any(finished);
    }
}

static void guest(void *dish)
{
    int chosen = go_select(RECV((struct chan *)dish), RECV(ctx_done(ctx)));

    mu_lock(&mu);
    if (chosen == 0)
        fed++;
    else
        out++;
    mu_unlock(&mu);
    wg_done(&guests);
}

// A table of guests; who is fed within the limit, and who has to leave?
static void evening(struct chan *dishes[], int n)
{
    int64_t start = go_now();

    ctx = ctx_with_cancel(ctx_background());
    fed = out = 0;
    for (int i = 0; i < n; i++) {
        wg_add(&guests, 1);
        go(guest, dishes[i]);
    }
    shutdown();
    mu_lock(&mu);
    printf("%d fed, %d out, after %d ms\n", fed, out,
           (int)((go_now() - start) / MILLISECOND));
    mu_unlock(&mu);
}

static struct chan *after(int ms)
{
    return go_after(ms * MILLISECOND);
}

int main(void)
{
    struct chan *never = go_chan(int, 0);

    evening((struct chan *[]){after(10), after(20)}, 2);
    evening((struct chan *[]){after(10), after(20), never}, 3);
}
