// A line that should print the odd squares: 1, 9 and 25.
//
// There is no filter in it yet, so main gets every square.
//
// Your task: put a stage between square and main that lets only the odd squares
// pass.  It has an input, an output of its own, and an end, as any stage.
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
        printf("%d\n", n);
}
