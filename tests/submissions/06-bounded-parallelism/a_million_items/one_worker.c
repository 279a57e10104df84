// expect: wrong answer: ms of virtual time
// A single worker: 120 ms.
#include "go.h"

static struct chan *items;
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
    while (go_recv(items, &n))
        work(n);
    wg_done(&workers);
}

static void idle(void *arg)
{
    (void)arg;
}

int main(void)
{
    items = go_chan(int, 0);
    wg_add(&workers, 1);
    go(worker, NULL);
    go(idle, NULL);
    go(idle, NULL);
    for (int n = 1; n <= 12; n++)
        go_send(items, &n);
    go_close(items);
    wg_wait(&workers);
    printf("%d items, the sum of their squares is %d\n", count, sum);
}
