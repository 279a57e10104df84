// The doors close after 22 ms.  What was accepted goes through, stage by stage.
#include "go.h"

static struct chan *orders, *dishes, *served;
static struct ctx *ctx;

static void reception(void *arg)        // an order comes every 10 ms
{
    (void)arg;
    for (int order = 1; order <= 100; order++) {
        if (go_select(SEND(orders, &order), RECV(ctx_done(ctx))) == 1)
            break;
        go_sleep(10 * MILLISECOND);
        if (ctx_err(ctx))
            break;
    }
    go_close(orders);
}

static void cook(void *arg)
{
    int order;

    (void)arg;
    while (go_recv(orders, &order)) {   // drains, then ends
        go_sleep(15 * MILLISECOND);
        go_send(dishes, &order);
    }
    go_close(dishes);
}

static void waiter(void *arg)
{
    int count = 0;

    (void)arg;
    while (go_recv_any(dishes))         // drains, then ends
        count++;
    go_send(served, &count);
}

int main(void)
{
    int count;

    orders = go_chan(int, 2);
    dishes = go_chan(int, 1);
    served = go_chan(int, 0);
    ctx = ctx_with_cancel(ctx_background());
    go(reception, NULL);
    go(cook, NULL);
    go(waiter, NULL);
    go_sleep(22 * MILLISECOND);
    ctx_cancel(ctx);                    // close the doors
    go_recv(served, &count);
    printf("%d served\n", count);
    printf("closed after %d ms\n", (int)(go_now() / MILLISECOND));
}
