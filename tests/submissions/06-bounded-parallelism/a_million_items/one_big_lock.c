// expect: wrong answer: main took 120 ms
// The workers hold the lock while they work, so only one of them works at a time.
#include "go.h"

static struct chan *items;
static struct wg workers;
static struct mu mu;
static int count, sum;

static void work(int n)
{
    mu_lock(&mu);
    go_sleep(10 * MILLISECOND);
    count++;
    sum += n * n;
    mu_unlock(&mu);
}

static void worker(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(items, &n))
        work(n);
    wg_done(&workers);
}

int main(void)
{
    items = go_chan(int, 0);
    for (int i = 0; i < 3; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    for (int n = 1; n <= 12; n++)
        go_send(items, &n);
    go_close(items);
    wg_wait(&workers);
    printf("%d items, the sum of their squares is %d\n", count, sum);
}
