// expect: wrong answer
// What was not used is saved, however much it is.
#include "go.h"

enum { BURST = 2 };
#define EVERY (10 * MILLISECOND)

static struct mu mu;
static int64_t tokens = BURST, last;

static bool allow(void)
{
    int64_t now = go_now();
    bool in;

    mu_lock(&mu);
    tokens += (now - last) / EVERY;
    last = now - (now - last) % EVERY;
    in = tokens >= 1;
    tokens -= in;
    mu_unlock(&mu);
    return in;
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
    crowd(3);
    go_sleep(5 * MILLISECOND);
    crowd(1);
    go_sleep(7 * MILLISECOND);
    crowd(2);
    go_sleep(53 * MILLISECOND);
    crowd(3);
}
