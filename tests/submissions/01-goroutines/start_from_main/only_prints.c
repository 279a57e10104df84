// expect: wrong answer: values sent and received
// Prints what the task shows; the goroutine it starts has nothing to do.
#include "go.h"

static struct wg wg;

static void idle(void *arg)
{
    (void)arg;
    wg_done(&wg);
}

int main(void)
{
    wg_add(&wg, 1);
    go(idle, NULL);
    wg_wait(&wg);
    puts("3 visits");
}
