// expect: panic: send on closed channel
// Each helper counts itself in.  What does Wait see before it has run?
#include "go.h"

static struct wg helpers;
static struct chan *results;

static void helper(void *arg)
{
    int n = *(int *)arg, square = n * n;

    wg_add(&helpers, 1);
    go_send(results, &square);
    wg_done(&helpers);
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};
    int square, sum = 0;

    results = go_chan(int, 3);
    for (int i = 0; i < 3; i++)
        go(helper, &numbers[i]);
    wg_wait(&helpers);
    go_close(results);                  // "they have all sent"

    while (go_recv(results, &square))
        sum += square;
    printf("sum: %d\n", sum);
}
