// expect: passed
// Another way: the three are one function, given its input and its output.
#include "go.h"

struct stage {
    struct chan *in, *out;
};

static void run(void *arg)
{
    struct stage *stage = arg;
    int n;

    while (go_recv(stage->in, &n)) {
        go_sleep(10 * MILLISECOND);
        go_send(stage->out, &n);
    }
    go_close(stage->out);
}

int main(void)
{
    struct stage stages[3];
    struct chan *from = go_chan(int, 4);
    int n;

    for (n = 1; n <= 4; n++)
        go_send(from, &n);
    go_close(from);
    for (int i = 0; i < 3; i++) {
        stages[i] = (struct stage){from, go_chan(int, 0)};
        from = stages[i].out;
        go(run, &stages[i]);
    }

    while (go_recv(from, &n))
        printf("loaf %d\n", n);
    printf("sold out\n");
}
