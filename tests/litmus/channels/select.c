/* N goroutines send one value each, on a channel of their own; main receives from all by N selects.
 *
 * Each select may take any of those that are left: N!. */
#include "go.h"

#ifndef N
#define N 3
#endif

static void sender(void *arg)
{
    int value = 1;

    go_send((struct chan *)arg, &value);
}

int main(void)
{
    struct go_case cases[N];

    for (int i = 0; i < N; i++) {
        struct chan *c = go_chan(int, 0);

        cases[i] = RECV(c);
        go(sender, c);
    }
    for (int i = 0; i < N; i++)
        cases[go_select_n(cases, N)].chan = NULL;
}
