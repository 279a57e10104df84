// Two streams are merged into one.  Each gives a number every 10 ms, one of
// them two numbers, the other three.
//
// merge stops when the first of the two has ended.  What about the other one?
//
// Your task: let merge go on until both are closed, and then close out.
#include "go.h"

static struct chan *low, *high, *out;

static void stream_low(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 2; n++) {
        go_sleep(10 * MILLISECOND);
        go_send(low, &n);
    }
    go_close(low);
}

static void stream_high(void *arg)
{
    (void)arg;
    for (int n = 10; n <= 30; n += 10) {
        go_sleep(10 * MILLISECOND);
        go_send(high, &n);
    }
    go_close(high);
}

static void merge(void *arg)
{
    struct chan *a = low, *b = high;
    int n;
    bool ok;

    (void)arg;
    for (;;) {
        go_select(RECV(a, &n, &ok), RECV(b, &n, &ok));
        if (!ok)
            break;                      // one of them is over
        go_send(out, &n);
    }
    go_close(out);
}

int main(void)
{
    int n, count = 0, sum = 0;

    low = go_chan(int, 0);
    high = go_chan(int, 0);
    out = go_chan(int, 0);
    go(stream_low, NULL);
    go(stream_high, NULL);
    go(merge, NULL);

    while (go_recv(out, &n)) {
        count++;
        sum += n;
    }
    printf("%d numbers, their sum is %d\n", count, sum);
}
