// The consumer has seen enough, says so, and everybody goes home.
#include "go.h"

static struct ctx *ctx;
static struct chan *numbers, *squares;

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

int main(void)
{
    int n;

    ctx = ctx_with_cancel(ctx_background());
    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    go(generate, NULL);
    go(square, NULL);

    while (go_recv(squares, &n)) {
        printf("%d\n", n);
        if (n > 3)
            break;                      // enough
    }
    ctx_cancel(ctx);                    // leave no stage behind
}
