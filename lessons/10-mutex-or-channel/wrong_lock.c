// expect: race
// Each shop locks its own till.  And the sum of both?
#include "go.h"

struct shop {
    const char *name;
    int price;
    int till;                           // guarded by mu
    struct mu mu;
};

static struct wg sales;
static int total;                       // guarded by whom?

static void sell(void *arg)
{
    struct shop *shop = arg;
    int before;

    go_name("%s", shop->name);
    mu_lock(&shop->mu);
    shop->till += shop->price;
    before = total;
    printf("%s sells for %d\n", shop->name, shop->price);
    total = before + shop->price;
    mu_unlock(&shop->mu);
    wg_done(&sales);
}

int main(void)
{
    static struct shop bakery = {.name = "bakery", .price = 3};
    static struct shop dairy = {.name = "dairy", .price = 5};

    wg_add(&sales, 2);
    go(sell, &bakery);
    go(sell, &dairy);
    wg_wait(&sales);
    printf("total: %d\n", total);
}
