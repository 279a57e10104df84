// One call each 10 ms, to a server that is down until 45 ms.
#include "go.h"

enum { FAILURES = 2 };
#define RESET (30 * MILLISECOND)

static struct chan *asks, *replies;

static void server(void *arg)
{
    bool up;

    (void)arg;
    while (go_recv_any(asks)) {
        up = go_now() >= 45 * MILLISECOND;
        go_send(replies, &up);
    }
}

static int failures;                    // only main uses them: no lock
static int64_t opened;

static const char *call(void)
{
    bool ok;

    if (failures >= FAILURES && go_now() - opened < RESET)
        return "refused";
    go_send(asks, &(bool){true});       // closed, or a try: half-open
    go_recv(replies, &ok);
    if (ok) {
        failures = 0;
        return "ok";
    }
    failures++;
    opened = go_now();
    return "failed";
}

int main(void)
{
    asks = go_chan(bool, 0);
    replies = go_chan(bool, 0);
    go(server, NULL);
    for (int i = 0; i < 8; i++) {
        printf("%d ms: %s\n", (int)(go_now() / MILLISECOND), call());
        go_sleep(10 * MILLISECOND);
    }
    go_close(asks);
}
