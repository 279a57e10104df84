// expect: deadlock
// Locks for writing while it still reads: waits for itself.
#include "go.h"

enum { SOUP, BREAD, DISHES };

static const char *const names[DISHES] = {"soup", "bread"};
static struct rw rw;
static struct wg clerks;
static int prices[DISHES];              // guarded by rw; 0: not known
static int worked_out;                  // guarded by rw

// Call it under the lock: reading the list takes a while.
static int find(int dish)
{
    go_sleep(10 * MILLISECOND);
    return prices[dish];
}

static int price_of(int dish)
{
    int price;

    rw_rlock(&rw);
    price = find(dish);
    go_defer(rw_runlock, &rw);
    if (price != 0)
        return price;

    rw_lock(&rw);                       // alone
    go_defer(rw_unlock, &rw);
    if (prices[dish] == 0) {            // still not there?
        worked_out++;
        prices[dish] = (int)strlen(names[dish]);
    }
    return prices[dish];
}

static void clerk(void *arg)
{
    int dish = *(int *)arg;

    printf("%s is %d\n", names[dish], price_of(dish));
    wg_done(&clerks);
}

int main(void)
{
    static int wanted[] = {SOUP, SOUP, BREAD};

    for (int i = 0; i < 3; i++) {
        wg_add(&clerks, 1);
        go(clerk, &wanted[i]);
    }
    wg_wait(&clerks);
    printf("%d prices worked out\n", worked_out);
}
