// expect: race
// Two waiters write the same word on the same slate: the answer is always right.
#include "go.h"

static const char *slate = "";
static struct wg wg;

static void waiter(void *arg)
{
    (void)arg;
    slate = "fish";
    wg_done(&wg);
}

int main(void)
{
    for (int n = 1; n <= 2; n++) {
        wg_add(&wg, 1);
        go(waiter, NULL);
    }
    wg_wait(&wg);
    if (strcmp(slate, "fish") != 0) // the check
        go_panic("not fish");
    printf("ok: fish\n");
}
