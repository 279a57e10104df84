// expect: leak
// Asks whether main has left, and then sends: it may leave in between.
#include "go.h"

static struct ctx *ctx;
static struct chan *numbers, *squares, *even;

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 100; n++) {
        if (ctx_err(ctx))
            break;
        go_send(numbers, &n);
    }
    go_close(numbers);
}

static void square(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(numbers, &n)) {
        n = n * n;
        if (ctx_err(ctx))
            break;
        go_send(squares, &n);
    }
    go_close(squares);
}

static void keep_even(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(squares, &n))
        if (n % 2 == 0) {
            if (ctx_err(ctx))
                break;
            go_send(even, &n);
        }
    go_close(even);
}

int main(void)
{
    int n;

    ctx = ctx_with_cancel(ctx_background());
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
    ctx_cancel(ctx);
}
