// expect: wrong answer
// Each helper says that it is done before it begins.
#include "go.h"

static struct wg helpers;
static struct chan *box;

static void helper(void *arg)
{
    int n = *(int *)arg;

    wg_done(&helpers);
    go_sleep(10 * MILLISECOND);         // on the way to the box
    go_send(box, &n);
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};

    box = go_chan(int, 3);
    for (int i = 0; i < 3; i++) {
        wg_add(&helpers, 1);
        go(helper, &numbers[i]);
    }
    wg_wait(&helpers);
    printf("%zu of 3 letters are posted\n", go_len(box));
}
