// expect: wrong answer
// Rings for all, and does not look again after the ring: takes what is not
// there, and puts a cake upon a cake.
#include "go.h"

static struct mu mu;
static struct cv bell;
static struct wg people;
static int shelf;                       // guarded by mu; 0: empty
static struct a64 sum;

static void put(int cake)
{
    mu_lock(&mu);
    if (shelf != 0)                     // no room
        cv_wait(&bell, &mu);
    shelf = cake;
    cv_broadcast(&bell);
    mu_unlock(&mu);
}

static int take(void)
{
    int cake;

    mu_lock(&mu);
    if (shelf == 0)                     // nothing there
        cv_wait(&bell, &mu);
    cake = shelf;
    shelf = 0;
    cv_broadcast(&bell);
    mu_unlock(&mu);
    return cake;
}

static void baker(void *arg)
{
    int first = *(int *)arg;

    put(first);
    put(first + 1);
    wg_done(&people);
}

static void guest(void *arg)
{
    (void)arg;
    a64_add(&sum, take() + take());
    wg_done(&people);
}

int main(void)
{
    static int firsts[] = {1, 3};

    wg_add(&people, 4);
    go(guest, NULL);
    go(guest, NULL);
    go(baker, &firsts[0]);
    go(baker, &firsts[1]);
    wg_wait(&people);
    printf("4 cakes, their sum is %d\n", (int)a64_load(&sum));
}
