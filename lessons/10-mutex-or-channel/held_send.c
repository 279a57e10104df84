// expect: deadlock
// The seller keeps the lock while the order is handed over.
#include "go.h"

static struct mu mu;
static struct chan *orders;             // of const char *
static int stock = 3;                   // guarded by mu

static void seller(void *arg)
{
    const char *order = "lamp";

    (void)arg;
    mu_lock(&mu);
    stock--;
    go_send(orders, &order);            // and still holds mu
    mu_unlock(&mu);
}

int main(void)
{
    const char *order;

    orders = go_chan(const char *, 0);
    go(seller, NULL);
    mu_lock(&mu);
    printf("stock: %d\n", stock);
    mu_unlock(&mu);
    go_recv(orders, &order);
    printf("packs a %s\n", order);
}
