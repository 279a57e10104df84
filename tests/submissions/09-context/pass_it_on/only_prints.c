// expect: wrong answer: 1 cancelled contexts, 0 were
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
    puts("query: context canceled");
    puts("handler: context canceled");
}
