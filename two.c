#include "go.h"
static struct chan *done;
static void say(void *arg)
{
    int i = (int)(long)arg;
    printf("%d\n", i);
    go_send(done, &i);
}
int main(void)
{
    int v;
    done = go_chan(int, 0);
    go(say, (void *)1L);
    go(say, (void *)2L);
    go_recv(done, &v);
    if (v == 2)
        MARK("two first");
    go_recv(done, &v);
    return 0;
}
