// expect: wrong answer
// Works it out before it knows whether another one is there.
#include "go.h"

struct entry {
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

static int price_of(const char *dish)
{
    struct entry *mine = calloc(1, sizeof *mine), *entry;

    mine->price = work_out(dish);
    if (go_map_load_or_store(&prices, dish, mine, &entry))
        free(mine);
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
