// One stage with two workers: the stage closes its output, not a worker.
#include "go.h"

static struct chan *numbers, *squares;
static struct wg workers;

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 4; n++)
        go_send(numbers, &n);
    go_close(numbers);
}

static void worker(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(numbers, &n)) {
        go_sleep(10 * MILLISECOND);     // slow work: worth two workers
        n = n * n;
        go_send(squares, &n);
    }
    wg_done(&workers);
}

static void square(void *arg)           // the stage
{
    (void)arg;
    for (int i = 0; i < 2; i++) {
        wg_add(&workers, 1);
        go(worker, NULL);
    }
    wg_wait(&workers);                  // all of its workers are done:
    go_close(squares);                  // nobody sends on squares any more
}

int main(void)
{
    int n, sum = 0;

    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    go(generate, NULL);
    go(square, NULL);

    while (go_recv(squares, &n))
        sum += n;
    printf("sum: %d\n", sum);
}
