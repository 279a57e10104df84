// a field of a global struct, locked by one side only
#include "go.h"

struct route { int hits; double seconds; };
static struct { long total; struct route routes[3]; } stats;
static struct mu mu;
static struct wg wg;

static void took(double seconds)
{
    stats.routes[1].seconds += seconds;
}

static void careful(void *arg)
{
    (void)arg;
    mu_lock(&mu);
    took(1.5);
    mu_unlock(&mu);
    wg_done(&wg);
}

static void careless(void *arg)
{
    (void)arg;
    took(0.25);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, 2);
    go(careful, NULL);
    go(careless, NULL);
    wg_wait(&wg);
}
