// expect: passed
// Another way: a counter under a lock says which item is next.
#include "go.h"

static int next_one = 1;
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
    int n;

    (void)arg;
    for (;;) {
        mu_lock(&mu);
        n = next_one++;
        mu_unlock(&mu);
        if (n > 12)
            break;
        work(n);
    }
    wg_done(&workers);
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    wg_wait(&workers);
    printf("%d items, the sum of their squares is %d\n", count, sum);
}
