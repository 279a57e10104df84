// expect: wrong answer
// Starts as many goroutines as the task asks for, and they work on nothing.
#include "go.h"

static struct wg wg;

static void idle(void *arg)
{
    (void)arg;
    go_sleep(10 * MILLISECOND);
    wg_done(&wg);
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        wg_add(&wg, 1);
        go(idle, NULL);
    }
    wg_wait(&wg);
    puts("1\n9\n25");
}
