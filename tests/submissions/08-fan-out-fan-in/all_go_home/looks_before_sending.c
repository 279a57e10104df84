// expect: leak
// Looks at the context, and then sends without listening.
#include "go.h"

static struct ctx *ctx;
static struct chan *numbers, *merged;

static void generate(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 5; n++)
        if (go_select(SEND(numbers, &n), RECV(ctx_done(ctx))) == 1)
            break;
    go_close(numbers);
}

static void worker(void *arg)
{
    struct chan *out = arg;
    int n, square;

    while (go_recv(numbers, &n)) {
        square = n * n;
        if (ctx_err(ctx))
            break;
        go_send(out, &square);
    }
    go_close(out);
}

static void forward(void *arg)
{
    struct chan *from = arg;
    int square;

    while (go_recv(from, &square))
        if (go_select(SEND(merged, &square), RECV(ctx_done(ctx))) == 1)
            break;
}

int main(void)
{
    ctx = ctx_with_cancel(ctx_background());
    numbers = go_chan(int, 0);
    merged = go_chan(int, 0);
    go(generate, NULL);
    for (int i = 0; i < 2; i++) {
        struct chan *squares = go_chan(int, 0);

        go(worker, squares);
        go(forward, squares);
    }

    for (int i = 0; i < 2; i++)
        go_recv_any(merged);
    ctx_cancel(ctx);
    printf("2 squares are enough\n");
}
