// A slow call that began when all was well, and ends well, much later.
#include "go.h"

enum { FAILURES = 2 };

struct call {
    int ms;
    bool ok;
};

static struct mu mu;
static const char *state = "closed";
static int failures;
static struct wg callers;

static void record(bool ok)
{
    mu_lock(&mu);
    failures = ok ? 0 : failures + 1;
    if (ok)
        state = "closed";
    else if (failures == FAILURES)
        state = "open";
    mu_unlock(&mu);
}

static void call(void *arg)
{
    const struct call *c = arg;
    bool allowed;

    mu_lock(&mu);
    allowed = strcmp(state, "closed") == 0;
    mu_unlock(&mu);
    if (allowed) {
        go_sleep(c->ms * MILLISECOND);  // the call, without the lock
        record(c->ok);
    }
    wg_done(&callers);
}

int main(void)
{
    static struct call calls[] = {{30, true}, {10, false}, {10, false}};

    wg_add(&callers, 3);
    for (int i = 0; i < 3; i++)         // the slow one is the first
        go(call, &calls[i]);

    for (int ms = 20; ms <= 40; ms += 20) {
        go_sleep(20 * MILLISECOND);
        mu_lock(&mu);
        printf("%s at %d ms\n", state, ms);
        mu_unlock(&mu);
    }
    wg_wait(&callers);
}
