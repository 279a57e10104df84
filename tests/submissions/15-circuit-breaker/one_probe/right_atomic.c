// expect: passed
// Another way: a compare-and-swap decides who is the probe.
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

static struct a64 state, opened;

static bool allow(void)
{
    if (go_now() - a64_load(&opened) >= RESET &&
        a64_cas(&state, OPEN, HALF_OPEN))
        return true;
    return a64_load(&state) == CLOSED;
}

static void record(bool ok)
{
    a64_store(&opened, go_now());
    a64_store(&state, ok ? CLOSED : OPEN);
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
    a64_store(&state, OPEN);
    crowd(60);
    crowd(130);
    crowd(150);
}
