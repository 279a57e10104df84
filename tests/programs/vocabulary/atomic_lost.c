// expect: panic: an update was lost
// Load and store are each atomic; together they are not.
#include "go.h"

static struct a64 n;
static struct wg wg;

static void add(void *arg)
{
    (void)arg;
    a64_store(&n, a64_load(&n) + 1);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, 2);
    go(add, NULL);
    go(add, NULL);
    wg_wait(&wg);
    if (a64_load(&n) != 2)
        go_panic("an update was lost");
}
