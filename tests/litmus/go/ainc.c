/* ainc.c of the folder above, with go.h: N!^2. */
#include "go.h"

#ifndef N
#define N 3
#endif

static struct a64 x;
static struct wg wg;

static void worker(void *arg)
{
    (void)arg;
    a64_store(&x, a64_load(&x) + 1);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, N);
    for (int i = 0; i < N; i++)
        go(worker, NULL);
    wg_wait(&wg);
}
