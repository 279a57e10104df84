// A watchman looks at the thermometer every 10 ms and reports the first two
// readings.  main takes those, writes them down, and leaves.
//
// The watchman does not.  He looks for ever, and nobody reads any more.
//
// Your task: give the watchman an exit.  The context is there already; main
// must use it, and the watchman must listen.
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
        degrees++;
        go_send(readings, &degrees);
    }
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
}
