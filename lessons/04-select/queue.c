// A queue without an end: two cases, each of which is sometimes switched off.
#include "go.h"

static struct chan *input, *output;

static void queue(void *arg)
{
    struct chan *from = input, *to;
    int waiting[100], first = 0, last = 0;
    bool ok;

    (void)arg;
    while (from || first < last) {
        to = first < last ? output : NULL;       // NULL: nothing to send
        if (go_select(RECV(from, &waiting[last], &ok),
                      SEND(to, &waiting[first])) == 1)
            first++;
        else if (ok)
            last++;
        else
            from = NULL;                         // nothing more will come
    }
    go_close(output);
}

int main(void)
{
    int n;

    input = go_chan(int, 0);
    output = go_chan(int, 0);
    go(queue, NULL);
    for (n = 1; n <= 3; n++)
        go_send(input, &n);                      // never waits for a reader
    go_close(input);
    while (go_recv(output, &n))
        printf("%d\n", n);
}
