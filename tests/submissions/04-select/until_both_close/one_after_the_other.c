// expect: wrong answer: ms of virtual time
// Takes all of a, and only then looks at b.
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

    (void)arg;
    while (go_recv(a, &n))
        go_send(out, &n);
    while (go_recv(b, &n))
        go_send(out, &n);
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
