// expect: panic: not written
// A check that sleeps until the letter is surely written. Today the machine has
// something else to do as well.
#include "go.h"

static struct mu desk;
static bool written;

static void writer(void *arg)
{
    (void)arg;
    go_work(10 * MILLISECOND);
    mu_lock(&desk);
    written = true;
    mu_unlock(&desk);
}

static void other(void *arg)
{
    (void)arg;
    go_work(30 * MILLISECOND);
}

int main(void)
{
    go_max_procs(1);
    go(other, NULL);
    go(writer, NULL);

    go_sleep(20 * MILLISECOND);     // twice as long as it takes
    mu_lock(&desk);
    if (!written)                   // the check
        go_panic("not written");
    mu_unlock(&desk);
    printf("ok: written\n");
}
