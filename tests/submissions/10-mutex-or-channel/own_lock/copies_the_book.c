// expect: wrong answer
// Copies the book as well: no race, and no entries in the book.
#include "go.h"

struct book {
    int entries, sum;
};

struct ledger {
    struct mu mu;
    struct book book;                   // guarded by mu
};

static struct wg clerks;
static struct ledger ledger;

static void write_down(struct ledger l, int amount)
{
    mu_lock(&l.mu);
    l.book.entries++;
    l.book.sum += amount;
    mu_unlock(&l.mu);
}

static void clerk(void *arg)
{
    go_sleep(10 * MILLISECOND);         // counts the money
    write_down(ledger, *(int *)arg);
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
    printf("%d entries, their sum is %d\n",
           ledger.book.entries, ledger.book.sum);
}
