// A hundred numbers are squared, the even squares let through, and main leaves
// as soon as one of them is greater than 10.
//
// It prints what it should.  Check it: three goroutines never go home, each
// stuck at a send behind the next one.
//
// Your task: when main leaves, every stage must come to its end, and nobody
// computes the rest of the hundred.
#include "go.h"

static struct chan *numbers, *squares, *even;

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 100; n++)
        go_send(numbers, &n);
    go_close(numbers);
}

static void square(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(numbers, &n)) {
        n = n * n;
        go_send(squares, &n);
    }
    go_close(squares);
}

static void keep_even(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(squares, &n))
        if (n % 2 == 0)
            go_send(even, &n);
    go_close(even);
}

int main(void)
{
    int n;

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
}
