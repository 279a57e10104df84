/* philo.c of the folder above, with go.h: 2^N - 1, one deadlock; ORDERED: 2^N - 2, none. */
#include "go.h"

#ifndef N
#define N 3
#endif
#ifdef ORDERED
enum { TURNED = N - 1 };
#else
enum { TURNED = N };
#endif

static struct mu forks[N];
static struct wg wg;

static void philosopher(void *arg)
{
    int i = (int)(intptr_t)arg, next = (i + 1) % N;
    int first = i == TURNED ? next : i, second = i == TURNED ? i : next;

    mu_lock(&forks[first]);
    mu_lock(&forks[second]);
    mu_unlock(&forks[second]);
    mu_unlock(&forks[first]);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, N);
    for (intptr_t i = 0; i < N; i++)
        go(philosopher, (void *)i);
    wg_wait(&wg);
}
