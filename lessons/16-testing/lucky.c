// expect: panic: 3 sold
// A shop with two pears, and a check of it that is almost always happy.
#include "go.h"

static struct mu shop;
static struct wg wg;
static int left = 2, sold;

static int pears(void)
{
    mu_lock(&shop);
    int n = left;
    mu_unlock(&shop);
    return n;
}

static void take(void)
{
    mu_lock(&shop);
    left--;
    sold++;
    mu_unlock(&shop);
}

static void guest(void *arg)
{
    (void)arg;
    if (pears() > 0)                // is there one?
        take();                     // then I take it
    wg_done(&wg);
}

int main(void)
{
    for (int n = 1; n <= 3; n++) {
        wg_add(&wg, 1);
        go(guest, NULL);
    }
    wg_wait(&wg);
    if (sold != 2)                  // the check
        go_panic("%d sold", sold);
    printf("ok: 2 sold\n");
}
