/* lastzero.c of the folder above, with go.h: (N + 3) * 2^(N - 2). */
#include "go.h"

#ifndef N
#define N 3
#endif

static struct a64 a[N + 1];
static struct wg wg;

static void reader(void *arg)
{
    int i = N;

    (void)arg;
    while (a64_load(&a[i]) != 0)
        i--;
    wg_done(&wg);
}

static void writer(void *arg)
{
    int j = (int)(intptr_t)arg;

    a64_store(&a[j], a64_load(&a[j - 1]) + 1);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, N + 1);
    go(reader, NULL);
    for (intptr_t i = 1; i <= N; i++)
        go(writer, (void *)i);
    wg_wait(&wg);
}
