/* Goroutines started and finished, 1,000 at a time. */
#include "go.h"
#ifndef N
#define N 200000
#endif
static struct wg wg;
static void task(void *arg)
{
    (void)arg;
    wg_done(&wg);
}
int main(void)
{
    for (int i = 0; i < N / 1000; i++) {
        wg_add(&wg, 1000);
        for (int k = 0; k < 1000; k++)
            go(task, NULL);
        wg_wait(&wg);
    }
}
