/* readers.c of the folder above, with go.h: one stores, N load: 2^N. */
#include "go.h"

#ifndef N
#define N 3
#endif

static struct a64 x;
static struct wg wg;

static void writer(void *arg)
{
    (void)arg;
    a64_store(&x, 1);
    wg_done(&wg);
}

static void reader(void *arg)
{
    (void)arg;
    a64_load(&x);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, N + 1);
    go(writer, NULL);
    for (int i = 0; i < N; i++)
        go(reader, NULL);
    wg_wait(&wg);
}
