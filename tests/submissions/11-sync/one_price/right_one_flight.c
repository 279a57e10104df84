// expect: passed
// Another way: a singleflight group makes calls of one key only once at a
// time.
#include "go.h"

struct entry {
    int price;
};

static struct wg clerks;
static struct go_flight flights;
static struct go_map prices;            // of struct entry *, by dish
static struct a64 worked_out, sum;

static int work_out(const char *dish)
{
    go_sleep(10 * MILLISECOND);
    a64_add(&worked_out, 1);
    return (int)strlen(dish);
}

static void *fill(void *dish, const char **err)
{
    struct entry *entry;

    *err = NULL;
    if (!go_map_load(&prices, (char *)dish, &entry)) {
        entry = calloc(1, sizeof *entry);
        entry->price = work_out(dish);
        go_map_store(&prices, (char *)dish, entry);
    }
    return entry;
}

static int price_of(const char *dish)
{
    struct entry *entry;

    entry = go_flight_do(&flights, dish, fill, (void *)dish).value;
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
