// The same letter, and a check that is told when it is written.
#include "go.h"

static struct chan *written;

static void writer(void *arg)
{
    (void)arg;
    go_work(10 * MILLISECOND);
    go_close(written);
}

static void other(void *arg)
{
    (void)arg;
    go_work(30 * MILLISECOND);
}

int main(void)
{
    go_max_procs(1);
    written = go_chan(bool, 0);
    go(other, NULL);
    go(writer, NULL);

    if (go_select(RECV(written), RECV(go_after(MINUTE))) == 1)
        go_panic("not written");          // only so that it ends
    printf("ok: written after %d ms\n", (int)(go_now() / MILLISECOND));
}
