// expect: wrong answer
// Gives the cooks 10 ms, which must be enough.
#include "go.h"

enum { LAST = 8 };

static struct chan *orders;
static struct ctx *ctx;
static struct wg wg;
static struct mu mu;
static int accepted, done;

// Accepts an order each 5 ms.  The only sender, so it closes orders.
static void reception(void *arg)
{
    (void)arg;
    for (int order = 1; order <= LAST && !ctx_err(ctx); order++) {
        go_send(orders, &order);
        mu_lock(&mu);
        accepted++;
        mu_unlock(&mu);
        go_sleep(5 * MILLISECOND);
    }
    go_close(orders);
    wg_done(&wg);
}

static void cook(void *arg)
{
    (void)arg;
    while (go_recv_any(orders)) {
        go_sleep(12 * MILLISECOND);     // the work
        mu_lock(&mu);
        done++;
        mu_unlock(&mu);
    }
    wg_done(&wg);
}

int main(void)
{
    orders = go_chan(int, 4);
    ctx = ctx_with_cancel(ctx_background());
    wg_add(&wg, 3);
    go(reception, NULL);
    go(cook, NULL);
    go(cook, NULL);
    go_sleep(22 * MILLISECOND);
    ctx_cancel(ctx);
    go_sleep(10 * MILLISECOND);
    mu_lock(&mu);
    printf("%d accepted, %d done\n", accepted, done);
    mu_unlock(&mu);
}
