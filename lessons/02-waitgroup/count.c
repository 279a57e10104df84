// main counts three helpers in; each counts itself out; main waits for zero.
#include "go.h"

static struct wg helpers;

static void helper(void *arg)
{
    int n = *(int *)arg;

    go_sleep(n * 10 * MILLISECOND);     // the work
    printf("helper %d is done\n", n);
    wg_done(&helpers);
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};

    for (int i = 0; i < 3; i++) {
        wg_add(&helpers, 1);
        go(helper, &numbers[i]);
    }
    wg_wait(&helpers);
    printf("all are done\n");
}
