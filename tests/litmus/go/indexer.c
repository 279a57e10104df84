/* indexer.c of the folder above, with go.h: 8^(N - 11), from 11 on. */
#include "go.h"

#ifndef N
#define N 12
#endif
enum { SIZE = 128, MOST = 4 };

static struct mu locks[SIZE];
static int table[SIZE];
static struct wg wg;

static bool put(int h, int value)
{
    bool is_free;

    mu_lock(&locks[h]);
    is_free = table[h] == 0;
    if (is_free)
        table[h] = value;
    mu_unlock(&locks[h]);
    return is_free;
}

static void worker(void *arg)
{
    for (int m = 1; m <= MOST; m++) {
        int value = m * 11 + (int)(intptr_t)arg, h = value * 7 % SIZE;

        while (!put(h, value))
            h = (h + 1) % SIZE;
    }
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, N);
    for (intptr_t i = 0; i < N; i++)
        go(worker, (void *)i);
    wg_wait(&wg);
}
