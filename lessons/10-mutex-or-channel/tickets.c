// A ticket machine.  Its number is touched only under the lock.
#include "go.h"

static struct mu mu;
static struct wg guests;
static int number;                      // guarded by mu

static int draw(void)
{
    mu_lock(&mu);
    go_defer(mu_unlock, &mu);
    return ++number;
}

static void guest(void *name)
{
    go_name("%s", (char *)name);
    printf("%s has %d\n", (char *)name, draw());
    wg_done(&guests);
}

int main(void)
{
    wg_add(&guests, 3);
    go(guest, "ann");
    go(guest, "ben");
    go(guest, "eva");
    wg_wait(&guests);
}
