// Four clerks ask for prices.  To work one out takes 10 ms, so it is kept in a
// table that all of them share.
//
// Each step on the table is safe, and still the price of soup is worked out
// three times: nobody finds it there, and each begins.
//
// Your task: let each price be worked out once, and different prices at the
// same time.
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
    struct entry *entry;

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
