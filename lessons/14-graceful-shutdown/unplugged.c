// The shop is closed by pulling the plug.
#include "go.h"

static struct chan *orders;
static struct a64 served;

static void cook(void *arg)
{
    (void)arg;
    while (go_recv_any(orders)) {
        go_sleep(10 * MILLISECOND);     // the work
        a64_add(&served, 1);
    }
}

int main(void)
{
    orders = go_chan(int, 3);
    for (int order = 1; order <= 3; order++)
        go_send(orders, &order);        // accepted: a promise
    go_close(orders);

    go(cook, NULL);
    go_sleep(15 * MILLISECOND);
    printf("3 accepted, %d served\n", (int)a64_load(&served));
}
