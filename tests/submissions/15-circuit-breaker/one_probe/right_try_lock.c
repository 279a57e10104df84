// expect: passed
// Another way: a lock that only the probe gets, and nobody waits for it.
#include "go.h"

#define RESET (50 * MILLISECOND)

// The server needs 10 ms, and is well from 100 ms on.
static bool server(void)
{
    bool well = go_now() >= 100 * MILLISECOND;

    go_sleep(10 * MILLISECOND);
    return well;
}

enum state { CLOSED, OPEN };

static struct mu mu, probe;
static enum state state = OPEN;         // it has opened at 0 ms
static int64_t opened;

static struct chan *results;            // of bool

static bool try_it(void)
{
    bool closed, over, ok;

    mu_lock(&mu);
    closed = state == CLOSED;
    over = go_now() - opened >= RESET;
    mu_unlock(&mu);
    if (!closed && !(over && mu_try_lock(&probe)))
        return false;
    ok = server();
    mu_lock(&mu);
    state = ok ? CLOSED : OPEN;
    opened = go_now();
    mu_unlock(&mu);
    if (!closed)
        mu_unlock(&probe);
    return true;
}

static void caller(void *arg)
{
    bool tried = try_it();

    (void)arg;
    go_send(results, &tried);
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
