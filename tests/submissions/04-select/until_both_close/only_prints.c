// expect: wrong answer: values sent and received
// Prints what the task shows; the goroutines it starts have nothing to do.
#include "go.h"

static struct wg wg;

static void idle(void *arg)
{
    (void)arg;
    wg_done(&wg);
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        wg_add(&wg, 1);
        go(idle, NULL);
    }
    wg_wait(&wg);
    puts("5 numbers, their sum is 63");
}
