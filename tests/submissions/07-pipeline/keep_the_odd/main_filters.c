// expect: wrong answer: the exercise asks for
// main looks at every square and prints some: there is no stage for it.
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

int main(void)
{
    int n;

    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    go(generate, NULL);
    go(square, NULL);

    while (go_recv(squares, &n))
        if (n % 2 == 1)
            printf("%d\n", n);
}
