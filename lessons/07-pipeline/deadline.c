// The whole pipeline has 35 ms, its slow stage needs 10 ms an item.
#include "go.h"

static struct ctx *ctx;
static struct chan *numbers, *squares;

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1;; n++)               // endless: only ctx ends it
        if (go_select(SEND(numbers, &n), RECV(ctx_done(ctx))) == 1)
            break;
    go_close(numbers);
}

static void square(void *arg)
{
    int n;

    (void)arg;
    while (go_recv(numbers, &n)) {
        go_sleep(10 * MILLISECOND);     // slow work
        n = n * n;
        if (go_select(SEND(squares, &n), RECV(ctx_done(ctx))) == 1)
            break;
    }
    go_close(squares);
}

int main(void)
{
    int n;
    bool ok;

    ctx = ctx_with_timeout(ctx_background(), 35 * MILLISECOND);
    numbers = go_chan(int, 0);
    squares = go_chan(int, 0);
    go(generate, NULL);
    go(square, NULL);

    for (;;) {
        if (go_select(RECV(squares, &n, &ok), RECV(ctx_done(ctx))) == 1 || !ok)
            break;
        printf("%d\n", n);
    }
    printf("stopped: %s\n", ctx_err(ctx));
    ctx_cancel(ctx);
}
