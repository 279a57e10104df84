// Three helpers post a letter each, and main waits for them.
//
// Sometimes main does not wait at all.  Check it: the story shows who asked
// the WaitGroup when, and what it could know at that moment.
//
// Your task: let Wait see all three, in every schedule.
#include "go.h"

static struct wg helpers;
static struct chan *box;

static void helper(void *arg)
{
    int n = *(int *)arg;

    wg_add(&helpers, 1);                // count me in
    go_sleep(10 * MILLISECOND);         // on the way to the box
    go_send(box, &n);
    wg_done(&helpers);
}

int main(void)
{
    static int numbers[3] = {1, 2, 3};

    box = go_chan(int, 3);
    for (int i = 0; i < 3; i++)
        go(helper, &numbers[i]);
    wg_wait(&helpers);
    printf("%zu of 3 letters are posted\n", go_len(box));
}
