/* Plain memory, read and written. */
#include "go.h"
#ifndef N
#define N 1000000
#endif
enum { SIZE = 4096 };
static int numbers[SIZE];
static struct wg wg;

static void work(void *arg)
{
    (void)arg;
    for (int i = 0; i < N; i++)
        numbers[i % SIZE]++;
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, 1);
    go(work, NULL);
    wg_wait(&wg);
}
