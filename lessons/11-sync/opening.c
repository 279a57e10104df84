// Three guests come at once.  Whoever is first opens the shop.
#include "go.h"

static struct once once;
static struct wg guests;

static void open_shop(void *arg)
{
    (void)arg;
    printf("opening\n");
    go_sleep(10 * MILLISECOND);
}

static void guest(void *name)
{
    go_name("%s", (char *)name);
    once_do(&once, open_shop, NULL);
    printf("%s comes in after %d ms\n", (char *)name,
           (int)(go_now() / MILLISECOND));
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
