// expect: leak
// A circuit breaker that holds its lock while it runs the call, and forgets the call that timed out.
#include "go.h"

static struct mu mu;
static bool open;
static struct chan *answer, *asked;

static void late(void *arg)
{
    int value = 1;

    go_sleep(500);
    go_send(answer, &value);
    (void)arg;
}

static void call(void)
{
    int value;

    mu_lock(&mu);
    go(late, NULL);
    if (go_select(RECV(answer, &value), RECV(go_after(100))) == 1)
        open = true;
    mu_unlock(&mu);
}

static void look(void *arg)
{
    int now;

    mu_lock(&mu);
    now = open;
    mu_unlock(&mu);
    go_send(asked, &now);
    (void)arg;
}

int main(void)
{
    int now;

    answer = go_chan(int, 0);
    asked = go_chan(int, 0);
    go(look, NULL);
    call();
    go_recv(asked, &now);
}
