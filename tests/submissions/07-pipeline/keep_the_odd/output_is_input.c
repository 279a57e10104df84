// expect: wrong answer: line
// The filter sends back to its own input, and main receives there too: it gets
// squares that nobody has looked at.
#include "go.h"

static struct chan *numbers, *squares;

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 6; n++)
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

static void keep_odd(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(squares, &n))
        if (n % 2 == 1)
            go_send(squares, &n);
}

int main(void)
{
    int n;

    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    go(generate, NULL);
    go(square, NULL);
    go(keep_odd, NULL);

    while (go_recv(squares, &n))
        printf("%d\n", n);
}
