// Four stages joined by channels: generate, square, filter, consume.
#include "go.h"

static struct ctx *ctx;
static struct chan *numbers, *squares, *odd;

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 6; n++)
        if (go_select(SEND(numbers, &n), RECV(ctx_done(ctx))) == 1)
            break;
    go_close(numbers);
}

static void square(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(numbers, &n)) {
        n = n * n;
        if (go_select(SEND(squares, &n), RECV(ctx_done(ctx))) == 1)
            break;
    }
    go_close(squares);
}

static void keep_odd(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(squares, &n)) {
        if (n % 2 == 0)
            continue;
        if (go_select(SEND(odd, &n), RECV(ctx_done(ctx))) == 1)
            break;
    }
    go_close(odd);
}

int main(void)
{
    int n;

    ctx = ctx_with_cancel(ctx_background());
    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    odd = go_chan(int, 0);
    go(generate, NULL);
    go(square, NULL);
    go(keep_odd, NULL);

    while (go_recv(odd, &n))            // the consumer is main
        printf("%d\n", n);
    ctx_cancel(ctx);
}
