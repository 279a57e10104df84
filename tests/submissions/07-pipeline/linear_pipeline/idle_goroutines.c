// expect: wrong answer
// Starts as many goroutines as the task asks for, and they bake nothing.
#include "go.h"

static struct wg wg;

static void idle(void *arg)
{
    (void)arg;
    go_sleep(40 * MILLISECOND);
    wg_done(&wg);
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        wg_add(&wg, 1);
        go(idle, NULL);
    }
    wg_wait(&wg);
    for (int n = 1; n <= 4; n++)
        printf("loaf %d\n", n);
    puts("sold out");
}
