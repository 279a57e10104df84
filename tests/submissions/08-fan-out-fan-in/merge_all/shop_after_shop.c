// expect: wrong answer: ms of virtual time
// Takes all of one shop before it looks at the next.
#include "go.h"

enum { SHOPS = 3 };

struct shop {
    int prices[2];
    struct chan *out;
};

static struct shop shops[SHOPS] = {
    {{30, 12}, NULL}, {{17, 25}, NULL}, {{11, 40}, NULL}};
static struct chan *merged;
static struct wg forwarders;

static void sell(void *arg)
{
    struct shop *shop = arg;

    for (int i = 0; i < 2; i++) {
        go_sleep(10 * MILLISECOND);     // looks it up
        go_send(shop->out, &shop->prices[i]);
    }
    go_close(shop->out);
}

static void forward(void *arg)
{
    int price;

    (void)arg;
    for (int i = 0; i < SHOPS; i++)
        while (go_recv(shops[i].out, &price))
            go_send(merged, &price);
    wg_done(&forwarders);
}

static void coordinator(void *arg)
{
    (void)arg;
    wg_wait(&forwarders);
    go_close(merged);
}

static void merge(void)
{
    merged = go_chan(int, 0);
    wg_add(&forwarders, 1);
    go(forward, NULL);
    go(coordinator, NULL);
}

int main(void)
{
    int price, count = 0, lowest = 1000;

    for (int i = 0; i < SHOPS; i++) {
        shops[i].out = go_chan(int, 0);
        go(sell, &shops[i]);
    }
    merge();
    while (go_recv(merged, &price)) {
        count++;
        if (price < lowest)
            lowest = price;
    }
    printf("%d prices, the lowest is %d\n", count, lowest);
}
