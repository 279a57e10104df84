/* A counter that four goroutines share, under a mutex. */
#include "go.h"
#ifndef N
#define N 1000000
#endif
enum { GOROUTINES = 4 };
static struct mu mu;
static struct wg wg;
static long counter;

static void work(void *arg)
{
    (void)arg;
    for (int i = 0; i < N / GOROUTINES; i++) {
        mu_lock(&mu);
        counter++;
        mu_unlock(&mu);
    }
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, GOROUTINES);
    for (int i = 0; i < GOROUTINES; i++)
        go(work, NULL);
    wg_wait(&wg);
}
