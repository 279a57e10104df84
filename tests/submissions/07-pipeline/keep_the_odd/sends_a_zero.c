// expect: wrong answer: line 2
// A filter that sends something for every item: a zero for what does not fit.
#include "go.h"

static struct chan *numbers, *squares, *odd;

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
    while (go_recv(squares, &n)) {
        if (n % 2 == 0)
            n = 0;
        go_send(odd, &n);
    }
    go_close(odd);
}

int main(void)
{
    int n;

    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    odd = go_chan(int, 0);
    go(generate, NULL);
    go(square, NULL);
    go(keep_odd, NULL);

    while (go_recv(odd, &n))
        printf("%d\n", n);
}
