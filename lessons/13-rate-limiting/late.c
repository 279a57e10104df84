// One long job, and the ticks of that time.  How many were kept?
#include "go.h"

static struct chan *done;

static void clerk(void *arg)
{
    static const int length[] = {35, 1, 1};
    struct ticker tick = go_ticker(10 * MILLISECOND);

    (void)arg;
    for (int job = 1; job <= 3; job++) {
        go_recv_any(tick.c);
        printf("job %d at %d ms\n", job, (int)(go_now() / MILLISECOND));
        go_sleep(length[job - 1] * MILLISECOND); // the work
    }
    ticker_stop(&tick);
    go_send(done, &(bool){true});
}

int main(void)
{
    done = go_chan(bool, 0);
    go(clerk, NULL);
    go_recv_any(done);
}
