// expect: passed
// Another way: the slow part needs no lock here, and a Mutex does for the
// rest.
#include "go.h"

enum { SOUP, BREAD, DISHES };

static const char *const names[DISHES] = {"soup", "bread"};
static struct rw rw;
static struct wg clerks;
static int prices[DISHES];              // guarded by rw; 0: not known
static int worked_out;                  // guarded by rw

static int price_of(int dish)
{
    go_sleep(10 * MILLISECOND);         // turns the pages
    rw_lock(&rw);
    go_defer(rw_unlock, &rw);
    if (prices[dish] == 0) {
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
