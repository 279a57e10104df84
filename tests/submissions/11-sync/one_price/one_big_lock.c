// expect: wrong answer: main took 20 ms
// One lock around all of it: soup waits for bread.
#include "go.h"

struct entry {
    int price;
};

static struct wg clerks;
static struct mu mu;
static struct go_map prices;            // of struct entry *, by dish
static struct a64 worked_out, sum;

static int work_out(const char *dish)
{
    go_sleep(10 * MILLISECOND);
    a64_add(&worked_out, 1);
    return (int)strlen(dish);
}

static int price_of(const char *dish)
{
    struct entry *entry;

    mu_lock(&mu);
    go_defer(mu_unlock, &mu);
    if (!go_map_load(&prices, dish, &entry)) {
        entry = calloc(1, sizeof *entry);
        entry->price = work_out(dish);
        go_map_store(&prices, dish, entry);
    }
    return entry->price;
}

static void clerk(void *dish)
{
    a64_add(&sum, price_of(dish));
    wg_done(&clerks);
}

int main(void)
{
    static char *dishes[] = {"soup", "bread", "soup", "soup"};

    for (int i = 0; i < 4; i++) {
        wg_add(&clerks, 1);
        go(clerk, dishes[i]);
    }
    wg_wait(&clerks);
    printf("4 prices, their sum is %d\n", (int)a64_load(&sum));
    printf("%d worked out\n", (int)a64_load(&worked_out));
}
