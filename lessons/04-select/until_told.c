// A goroutine that does something now and then, until it is told to stop.
#include "go.h"

static struct chan *quit, *count;

static void heartbeat(void *arg)
{
    struct ticker ticker = go_ticker(10 * MILLISECOND);
    int beats = 0;

    (void)arg;
    while (go_select(RECV(ticker.c), RECV(quit)) == 0)
        beats++;
    ticker_stop(&ticker);
    go_send(count, &beats);
}

int main(void)
{
    int beats;

    quit = go_chan(bool, 0);
    count = go_chan(int, 0);
    go(heartbeat, NULL);
    go_sleep(35 * MILLISECOND);
    go_close(quit);                     // everybody who listens hears it
    go_recv(count, &beats);
    printf("%d beats\n", beats);
}
