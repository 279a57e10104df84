// Three shops name two prices each, and a merge brings them all into one
// channel, so that main can look for the lowest.
//
// merge starts a forwarder for each shop, and closes the merged channel.
//
// Your task: close it when the last forwarder is done, and not before.
#include "go.h"

enum { SHOPS = 3 };

struct shop {
    int prices[2];
    struct chan *out;
};

static struct shop shops[SHOPS] = {
    {{30, 12}, NULL}, {{17, 25}, NULL}, {{11, 40}, NULL}};
static struct chan *merged;

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
    struct shop *shop = arg;
    int price;

    while (go_recv(shop->out, &price))
        go_send(merged, &price);
}

static void merge(void)
{
    merged = go_chan(int, 0);
    for (int i = 0; i < SHOPS; i++)
        go(forward, &shops[i]);
    go_close(merged);                   // is it time?
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
