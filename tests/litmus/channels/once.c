/* N goroutines call Do of a Once.
 *
 * One of them runs the function, the others find it done, which commutes: N. */
#include "go.h"

#ifndef N
#define N 3
#endif

static struct once once;
static struct wg wg;

static void nothing(void *arg)
{
    (void)arg;
}

static void worker(void *arg)
{
    (void)arg;
    once_do(&once, nothing, NULL);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, N);
    for (int i = 0; i < N; i++)
        go(worker, NULL);
    wg_wait(&wg);
}
