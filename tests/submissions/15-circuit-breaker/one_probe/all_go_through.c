// expect: wrong answer
// Half-open refuses nobody.
#include "go.h"

#define RESET (50 * MILLISECOND)

// The server needs 10 ms, and is well from 100 ms on.
static bool server(void)
{
    bool well = go_now() >= 100 * MILLISECOND;

    go_sleep(10 * MILLISECOND);
    return well;
}

enum state { CLOSED, OPEN, HALF_OPEN };

static struct mu mu;
static enum state state = OPEN;         // it has opened at 0 ms
static int64_t opened;

static bool allow(void)
{
    bool go_on;

    mu_lock(&mu);
    if (state == OPEN && go_now() - opened >= RESET)
        state = HALF_OPEN;
    go_on = state != OPEN;
    mu_unlock(&mu);
    return go_on;
}

static void record(bool ok)
{
    mu_lock(&mu);
    state = ok ? CLOSED : OPEN;
    opened = go_now();
    mu_unlock(&mu);
}

static struct chan *results;            // of bool

static void caller(void *arg)
{
    bool allowed = allow();

    (void)arg;
    if (allowed)
        record(server());
    go_send(results, &allowed);
}

// Three at the same moment: how many of them reach the server?
static void crowd(int at)
{
    int tries = 0;
    bool tried;

    go_sleep(at * MILLISECOND - go_now());
    for (int i = 0; i < 3; i++)
        go(caller, NULL);
    for (int i = 0; i < 3; i++) {
        go_recv(results, &tried);
        tries += tried;
    }
    printf("at %d ms: %d of 3\n", at, tries);
}

int main(void)
{
    results = go_chan(bool, 0);
    crowd(60);
    crowd(130);
    crowd(150);
}
