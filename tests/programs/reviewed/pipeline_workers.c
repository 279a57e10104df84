// expect: panic
// A stage of two workers: the WaitGroup counts the stage, every worker calls Done and closes.
#include "go.h"

static struct chan *numbers, *squares;
static struct wg wg;

static void worker(void *arg)
{
    int n, square;

    while (go_recv(numbers, &n)) {
        square = n * n;
        go_send(squares, &square);
    }
    wg_done(&wg);
    go_close(squares);
    (void)arg;
}

static void stage(int workers)
{
    wg_add(&wg, 1);
    for (int i = 0; i < workers; i++)
        go(worker, NULL);
}

int main(void)
{
    int square;

    numbers = go_chan(int, 4);
    squares = go_chan(int, 4);
    for (int n = 1; n <= 4; n++)
        go_send(numbers, &n);
    go_close(numbers);
    stage(2);
    while (go_recv(squares, &square))
        printf("%d\n", square);
    wg_wait(&wg);
}
