// Each goroutine writes its own place; main reads them after Wait.
#include "go.h"

static struct wg workers;
static int squares[4];

static void square(void *arg)
{
    int *mine = arg, i = (int)(mine - squares) + 1;

    *mine = i * i;                      // my place, nobody else's
    wg_done(&workers);
}

int main(void)
{
    for (int i = 0; i < 4; i++) {
        wg_add(&workers, 1);
        go(square, &squares[i]);
    }
    wg_wait(&workers);                  // what they wrote is there now
    for (int i = 0; i < 4; i++)
        printf("%d%c", squares[i], i < 3 ? ' ' : '\n');
}
