// expect: passed
// A worker every 20 ms until the world sends SIGTERM at 50 ms: then it finishes and says so.
#include "go.h"

static struct chan *quit, *gone;

static void worker(void *arg)
{
    struct ticker ticker = go_ticker(20 * MILLISECOND);

    (void)arg;
    while (go_select(RECV(ticker.c), RECV(quit)) == 0)
        printf("tick at %d\n", (int)(go_now() / MILLISECOND));
    ticker_stop(&ticker);
    puts("the worker ends");
    go_close(gone);
}

int main(void)
{
    struct chan *sigs = go_chan(int, 1);
    int sig;

    quit = go_chan(int, 0);
    gone = go_chan(int, 0);
    go(worker, NULL);
    sig_notify(sigs, SIGINT, SIGTERM);
    sig_at(50 * MILLISECOND, SIGTERM);
    go_recv(sigs, &sig);
    printf("%s at %d\n", sig_string(sig), (int)(go_now() / MILLISECOND));
    go_close(quit);
    go_recv_any(gone);
}
