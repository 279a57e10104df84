// expect: race
// Two clerks put money into one account.  Nothing is locked.
#include "go.h"

static struct wg clerks;
static int balance = 100;

static void clerk(void *name)
{
    int old;

    go_name("%s", (char *)name);
    old = balance;                      // reads
    printf("%s reads %d\n", (char *)name, old);
    balance = old + 50;                 // writes
    wg_done(&clerks);
}

int main(void)
{
    static char *names[] = {"ann", "ben"};

    for (int i = 0; i < 2; i++) {
        wg_add(&clerks, 1);
        go(clerk, names[i]);
    }
    wg_wait(&clerks);
    printf("balance: %d\n", balance);
}
