// expect: leak
// Asks whether it is over, and then waits where he cannot hear it.
#include "go.h"

static struct ctx *ctx;
static struct chan *readings;

static void watchman(void *arg)
{
    struct ticker ticker = go_ticker(10 * MILLISECOND);
    int degrees = 20;

    (void)arg;
    for (;;) {
        go_recv_any(ticker.c);
        if (ctx_err(ctx))
            break;
        degrees++;
        go_send(readings, &degrees);
    }
    ticker_stop(&ticker);
}

int main(void)
{
    int degrees;

    ctx = ctx_with_cancel(ctx_background());
    readings = go_chan(int, 0);
    go(watchman, NULL);
    for (int i = 0; i < 2; i++) {
        go_recv(readings, &degrees);
        printf("%d degrees\n", degrees);
    }
    go_sleep(25 * MILLISECOND);         // main writes it all down
    ctx_cancel(ctx);
}
