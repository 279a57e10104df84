// expect: panic: close of closed channel
// Two senders, and each believes that the channel is its own to close.
#include "go.h"

static struct chan *numbers;

static void sender(void *arg)
{
    int n = *(int *)arg;

    go_send(numbers, &n);
    go_sleep(n * 10 * MILLISECOND);
    go_close(numbers);
}

int main(void)
{
    static int one = 1, two = 2;
    int n;

    numbers = go_chan(int, 2);
    go(sender, &one);
    go(sender, &two);

    while (go_recv(numbers, &n))
        printf("got %d\n", n);
    go_sleep(30 * MILLISECOND);
}
