// expect: panic: close of closed channel
// Each worker waits until all have sent, and then each of them closes results.
#include "go.h"

static struct chan *results;
static struct wg workers;

static void worker(void *arg)
{
    int square = *(int *)arg * *(int *)arg;

    go_send(results, &square);
    wg_done(&workers);
    wg_wait(&workers);
    go_close(results);
}

int main(void)
{
    static int numbers[2] = {1, 2};
    int square, sum = 0;

    results = go_chan(int, 2);
    for (int i = 0; i < 2; i++) {
        wg_add(&workers, 1);
        go(worker, &numbers[i]);
    }
    while (go_recv(results, &square))
        sum += square;
    go_sleep(SECOND);
    printf("sum: %d\n", sum);
}
