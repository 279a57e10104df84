// expect: passed
// Another way: no state but a count and a time until which it is open.
#include "go.h"

enum { FAILURES = 3 };
#define RESET (50 * MILLISECOND)

// The server: ill until 80 ms, but for a moment at 10, and again at 130.
static bool server(void)
{
    int now = (int)(go_now() / MILLISECOND);

    return now == 10 || (now > 80 && now != 130);
}

static struct mu mu;
static int failures;
static int64_t open_until;

// Whether a call may go through.
static bool allow(void)
{
    bool go_on;

    mu_lock(&mu);
    go_on = failures < FAILURES || go_now() >= open_until;
    mu_unlock(&mu);
    return go_on;
}

// How it went.
static void record(bool ok)
{
    mu_lock(&mu);
    failures = ok ? 0 : failures + 1;
    if (failures >= FAILURES)
        open_until = go_now() + RESET;
    mu_unlock(&mu);
}

static const char *call(void)
{
    bool ok;

    if (!allow())
        return "refused";
    ok = server();
    record(ok);
    return ok ? "ok" : "failed";
}

struct result {
    int at;
    const char *word;
};

static struct chan *results;            // of struct result

static void caller(void *at)
{
    struct result result = {.at = (int)(intptr_t)at};

    go_sleep(result.at * MILLISECOND);
    result.word = call();
    go_send(results, &result);
}

int main(void)
{
    static const int times[] = {5, 10, 15, 20, 20, 30, 72, 85, 125, 130, 135};
    enum { CALLS = sizeof times / sizeof *times };
    struct result result;

    results = go_chan(struct result, 0);
    for (int i = 0; i < CALLS; i++)
        go(caller, (void *)(intptr_t)times[i]);
    for (int i = 0; i < CALLS; i++) {
        go_recv(results, &result);
        printf("%d ms: %s\n", result.at, result.word);
    }
}
