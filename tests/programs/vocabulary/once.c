// expect: passed
// All use what one of them has made.
#include "go.h"

static struct once once;
static struct wg wg;
static int made, port;

static void configure(void *arg)
{
    made++;
    port = *(int *)arg;
}

static void user(void *arg)
{
    once_do(&once, configure, arg);
    if (port != 80)
        go_panic("not configured");
    wg_done(&wg);
}

int main(void)
{
    int wanted = 80;

    wg_add(&wg, 3);
    for (int i = 0; i < 3; i++)
        go(user, &wanted);
    wg_wait(&wg);
    printf("made %d\n", made);
}
