// Two streams into one: a nil channel switches a case of select off.
#include "go.h"

static struct chan *low, *high, *all;

static void count_low(void *arg)
{
    (void)arg;
    for (int n = 1; n <= 2; n++)
        go_send(low, &n);
    go_close(low);
}

static void count_high(void *arg)
{
    (void)arg;
    for (int n = 101; n <= 102; n++)
        go_send(high, &n);
    go_close(high);
}

static void merge(void *arg)
{
    struct chan *a = low, *b = high;
    int n, chosen;
    bool ok;

    (void)arg;
    while (a || b) {
        chosen = go_select(RECV(a, &n, &ok), RECV(b, &n, &ok));
        if (ok)
            go_send(all, &n);
        else if (chosen == 0)
            a = NULL;                   // closed: never look at it again
        else
            b = NULL;
    }
    go_close(all);
}

int main(void)
{
    int n, sum = 0;

    low = go_chan(int, 0);
    high = go_chan(int, 0);
    all = go_chan(int, 0);
    go(count_low, NULL);
    go(count_high, NULL);
    go(merge, NULL);

    while (go_recv(all, &n)) {
        printf("%d\n", n);
        sum += n;
    }
    printf("sum: %d\n", sum);
}
