// expect: panic
// main closes the channel on which somebody else still sends.
#include "go.h"

static struct chan *orders;
static struct wg wg;

static void waiter(void *arg)
{
    (void)arg;
    for (int order = 1; order <= 3; order++)
        go_send(orders, &order);
    wg_done(&wg);
}

static void cook(void *arg)
{
    int order;

    (void)arg;
    while (go_recv(orders, &order))
        printf("order %d served\n", order);
    wg_done(&wg);
}

int main(void)
{
    orders = go_chan(int, 1);
    wg_add(&wg, 2);
    go(waiter, NULL);
    go(cook, NULL);
    go_close(orders);                   // "we are closed"
    wg_wait(&wg);
}
