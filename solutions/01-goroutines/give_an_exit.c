// The watchman's exit is the context: he waits for the next tick or for the
// end, hands over his reading or hears the end, and main cancels when it has
// what it wanted.
#include "go.h"

static struct ctx *ctx;
static struct chan *readings;

static void watchman(void *arg)
{
    struct ticker ticker = go_ticker(10 * MILLISECOND);
    int degrees = 20;

    (void)arg;
    for (;;) {
        if (go_select(RECV(ticker.c), RECV(ctx_done(ctx))) == 1)
            break;
        degrees++;
        if (go_select(SEND(readings, &degrees), RECV(ctx_done(ctx))) == 1)
            break;
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
