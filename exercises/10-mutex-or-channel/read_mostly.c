// A price list that many read and few write.  A clerk who does not find a
// price works it out and adds it.
//
// They read together, under the lock for readers.  But some of them write
// there as well.
//
// Your task: let them read together, and write alone.  Each price is worked
// out once.
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
    if (price == 0) {
        price = (int)strlen(names[dish]); // works it out
        worked_out++;
        prices[dish] = price;
    }
    rw_runlock(&rw);
    return price;
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
