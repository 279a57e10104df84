// expect: race
// A lock that is made in each call is new each time.
#include "go.h"

struct book {
    int entries, sum;
};

struct ledger {
    struct mu mu;
    struct book *book;                  // what it points to is guarded by mu
};

static struct wg clerks;
static struct book book;
static struct ledger ledger = {.book = &book};

static void write_down(struct ledger *l, int amount)
{
    struct mu mu = {0};

    mu_lock(&mu);
    l->book->entries++;
    l->book->sum += amount;
    mu_unlock(&mu);
}

static void clerk(void *arg)
{
    go_sleep(10 * MILLISECOND);         // counts the money
    write_down(&ledger, *(int *)arg);
    wg_done(&clerks);
}

int main(void)
{
    static int amounts[] = {10, 20, 30};

    for (int i = 0; i < 3; i++) {
        wg_add(&clerks, 1);
        go(clerk, &amounts[i]);
    }
    wg_wait(&clerks);
    printf("%d entries, their sum is %d\n", book.entries, book.sum);
}
