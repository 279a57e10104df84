// expect: panic
// Each worker of the stage counts itself as the whole stage.
#include "go.h"

static struct chan *numbers, *squares;

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
        go_sleep(10 * MILLISECOND);
        n = n * n;
        go_send(squares, &n);
    }
    go_close(squares);
}

int main(void)
{
    int n, sum = 0;

    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    go(generate, NULL);
    go(worker, NULL);
    go(worker, NULL);

    while (go_recv(squares, &n))
        sum += n;
    printf("sum: %d\n", sum);
    go_sleep(SECOND);                   // see what the other worker does
}
