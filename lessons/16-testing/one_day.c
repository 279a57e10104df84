// A day at the weather station: it reads the thermometer each hour, and the
// check waits until the day is over.
#include "go.h"

static struct chan *readings;
static struct ctx *ctx;
static struct ticker hour;

static void station(void *arg)
{
    (void)arg;
    while (go_select(RECV(hour.c), RECV(ctx_done(ctx))) == 0)
        go_send(readings, &(bool){true});
    go_close(readings);
}

int main(void)
{
    int n = 0;

    readings = go_chan(bool, 0);
    ctx = ctx_with_timeout(ctx_background(), 24 * HOUR + 30 * MINUTE);
    hour = go_ticker(HOUR);
    go(station, NULL);
    while (go_recv_any(readings))
        n++;
    ticker_stop(&hour);
    ctx_cancel(ctx);
    if (n != 24)                    // the check
        go_panic("%d readings", n);
    printf("ok: %d readings\n", n);
}
