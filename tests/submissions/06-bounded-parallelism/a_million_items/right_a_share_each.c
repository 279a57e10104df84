// expect: passed
// Another way: each worker has a share of its own.
#include "go.h"

static struct wg workers;
static struct mu mu;
static int count, sum;

static void work(int n)
{
    go_sleep(10 * MILLISECOND);
    mu_lock(&mu);
    count++;
    sum += n * n;
    mu_unlock(&mu);
}

static void worker(void *arg)
{
    for (int n = *(int *)arg; n <= 12; n += 3)
        work(n);
    wg_done(&workers);
}

int main(void)
{
    static int first[3] = {1, 2, 3};

    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, &first[i]);
    }
    wg_wait(&workers);
    printf("%d items, the sum of their squares is %d\n", count, sum);
}
