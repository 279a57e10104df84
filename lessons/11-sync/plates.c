// Two plates, two guests, one bell.  Look at the 'if'.
#include "go.h"

static struct mu mu;
static struct cv bell;
static struct wg guests;
static int plates;                      // guarded by mu

static void guest(void *name)
{
    go_name("%s", (char *)name);
    mu_lock(&mu);
    if (plates == 0)
        cv_wait(&bell, &mu);
    plates--;
    printf("%s eats, plates left: %d\n", (char *)name, plates);
    mu_unlock(&mu);
    wg_done(&guests);
}

int main(void)
{
    wg_add(&guests, 2);
    go(guest, "ann");
    go(guest, "ben");
    for (int i = 0; i < 2; i++) {
        mu_lock(&mu);
        plates++;
        cv_signal(&bell);
        mu_unlock(&mu);
    }
    wg_wait(&guests);
}
