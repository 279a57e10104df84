// expect: deadlock
// main waits for the workers, and the workers wait for main.
#include "go.h"

static struct chan *results;
static struct wg workers;

static void worker(void *arg)
{
    int square = *(int *)arg * *(int *)arg;

    go_send(results, &square);
    wg_done(&workers);
}

int main(void)
{
    static int numbers[2] = {1, 2};
    int square;

    results = go_chan(int, 0);
    for (int i = 0; i < 2; i++) {
        wg_add(&workers, 1);
        go(worker, &numbers[i]);
    }
    wg_wait(&workers);
    go_close(results);

    while (go_recv(results, &square))
        printf("%d\n", square);
}
