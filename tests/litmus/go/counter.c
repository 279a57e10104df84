/* counter.c of the folder above, with go.h: N!. */
#include "go.h"

#include <assert.h>

#ifndef N
#define N 3
#endif

static struct mu mu;
static struct wg wg;
static int count;

static void worker(void *arg)
{
    (void)arg;
    mu_lock(&mu);
    count++;
    mu_unlock(&mu);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, N);
    for (int i = 0; i < N; i++)
        go(worker, NULL);
    wg_wait(&wg);
    assert(count == N);
}
