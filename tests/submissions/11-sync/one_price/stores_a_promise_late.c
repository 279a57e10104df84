// expect: wrong answer
// Stores a promise, but in two steps: a later one takes its place.
#include "go.h"

struct entry {
    struct once once;
    const char *dish;
    int price;
};

static struct wg clerks;
static struct go_map prices;            // of struct entry *, by dish
static struct a64 worked_out, sum;

static int work_out(const char *dish)
{
    go_sleep(10 * MILLISECOND);
    a64_add(&worked_out, 1);
    return (int)strlen(dish);
}

static void fill(void *arg)
{
    struct entry *entry = arg;

    entry->price = work_out(entry->dish);
}

static int price_of(const char *dish)
{
    struct entry *entry;

    if (!go_map_load(&prices, dish, &entry)) {
        entry = calloc(1, sizeof *entry);
        entry->dish = dish;
        go_map_store(&prices, dish, entry);
    }
    once_do(&entry->once, fill, entry);
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
