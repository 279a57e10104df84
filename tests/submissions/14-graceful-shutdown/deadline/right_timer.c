// expect: passed
// Another way: a timer insists, and there is a single wait.
#include "go.h"

#define LIMIT (30 * MILLISECOND)

static struct ctx *ctx;
static struct wg guests;
static struct mu mu;
static int fed, out;

static void insist(void *arg)
{
    (void)arg;
    ctx_cancel(ctx);
}

static void shutdown(void)
{
    struct go_timer timer = go_after_func(LIMIT, insist, NULL);

    wg_wait(&guests);
    timer_stop(&timer);
    ctx_cancel(ctx);
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
