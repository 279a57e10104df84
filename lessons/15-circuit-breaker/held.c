// Two calls of 20 ms each, and somebody who only wants to know the state.
#include "go.h"

static struct mu mu;
static const char *state = "closed";
static struct wg wg;

static int ms(void)
{
    return (int)(go_now() / MILLISECOND);
}

static void caller(void *arg)
{
    (void)arg;
    mu_lock(&mu);
    if (strcmp(state, "closed") == 0)
        go_sleep(20 * MILLISECOND);     // the call, with the lock in hand
    mu_unlock(&mu);
    wg_done(&wg);
}

static void look(void *arg)
{
    (void)arg;
    go_sleep(5 * MILLISECOND);
    mu_lock(&mu);
    printf("%s, told at %d ms\n", state, ms());
    mu_unlock(&mu);
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, 3);
    go(caller, NULL);
    go(caller, NULL);
    go(look, NULL);
    wg_wait(&wg);
    printf("all done at %d ms\n", ms());
}
