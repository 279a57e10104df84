// expect: passed
// Another way: a channel of its own that is closed when main leaves.
#include "go.h"

static struct chan *numbers, *squares, *even, *done;

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 100; n++)
        if (go_select(SEND(numbers, &n), RECV(done)) == 1)
            break;
    go_close(numbers);
}

static void square(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(numbers, &n)) {
        n = n * n;
        if (go_select(SEND(squares, &n), RECV(done)) == 1)
            break;
    }
    go_close(squares);
}

static void keep_even(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(squares, &n))
        if (n % 2 == 0)
            if (go_select(SEND(even, &n), RECV(done)) == 1)
                break;
    go_close(even);
}

int main(void)
{
    int n;

    done = go_chan(int, 0);
    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    even = go_chan(int, 0);
    go(generate, NULL);
    go(square, NULL);
    go(keep_even, NULL);

    while (go_recv(even, &n)) {
        printf("%d\n", n);
        if (n > 10)
            break;
    }
    go_close(done);
}
