// a counter that is atomic for one side only
#include "go.h"
#include <stdatomic.h>

static atomic_int hits;
static struct wg wg;

static void count(void *arg)
{
    (void)arg;
    atomic_fetch_add(&hits, 1);
    wg_done(&wg);
}

static void reset(int *counter)
{
    *counter = 0;
}

int main(void)
{
    wg_add(&wg, 1);
    go(count, NULL);
    reset((int *)&hits);
    wg_wait(&wg);
}
