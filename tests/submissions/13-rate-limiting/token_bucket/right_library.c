// expect: passed
// Another way: the bucket that is ready made.
#include "go.h"

enum { BURST = 2 };
#define EVERY (10 * MILLISECOND)

static struct limit *limit;

static bool allow(void)
{
    return limit_allow(limit, 1);
}

static struct chan *answers;

static void customer(void *arg)
{
    bool in = allow();

    (void)arg;
    go_send(answers, &in);
}

// So many come at the same time: how many are let in?
static void crowd(int n)
{
    int count = 0;
    bool in;

    for (int i = 0; i < n; i++)
        go(customer, NULL);
    for (int i = 0; i < n; i++) {
        go_recv(answers, &in);
        count += in;
    }
    printf("at %d ms: %d of %d\n", (int)(go_now() / MILLISECOND), count, n);
}

int main(void)
{
    answers = go_chan(bool, 0);
    limit = go_limit(EVERY, BURST);
    crowd(3);
    go_sleep(5 * MILLISECOND);
    crowd(1);
    go_sleep(7 * MILLISECOND);
    crowd(2);
    go_sleep(53 * MILLISECOND);
    crowd(3);
}
