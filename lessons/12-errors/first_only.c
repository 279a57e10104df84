// expect: leak
// All three fail.  Main takes the first error, and goes.
#include "go.h"

static struct chan *errs;               // of const char *

static void save(void *arg)
{
    const char *err = err_new("page %d: disk full", *(int *)arg);

    go_send(errs, &err);
}

int main(void)
{
    static int pages[] = {1, 2, 3};
    const char *err;

    errs = go_chan(const char *, 0);
    for (int i = 0; i < 3; i++)
        go(save, &pages[i]);
    go_recv(errs, &err);
    printf("%s\n", err);
}
