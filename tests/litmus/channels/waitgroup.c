/* N goroutines are done with a WaitGroup, two wait for it beside main.
 *
 * Dones commute, and those who wait come after all: 1. */
#include "go.h"

#ifndef N
#define N 4
#endif

static struct wg wg, all;

static void worker(void *arg)
{
    (void)arg;
    wg_done(&wg);
}

static void waiter(void *arg)
{
    (void)arg;
    wg_wait(&wg);
    wg_done(&all);
}

int main(void)
{
    wg_add(&wg, N);
    wg_add(&all, 2);
    go(waiter, NULL);
    go(waiter, NULL);
    for (int i = 0; i < N; i++)
        go(worker, NULL);
    wg_wait(&all);
}
