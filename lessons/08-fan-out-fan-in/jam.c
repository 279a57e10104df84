// expect: leak
// Two workers, one of them found it, and main has gone.
#include "go.h"

struct drawer {
    const char *name;
    int ms;
};

static struct chan *found;

static void search(void *arg)
{
    struct drawer *drawer = arg;

    go_sleep(drawer->ms * MILLISECOND);
    go_send(found, &drawer->name);
}

int main(void)
{
    static struct drawer upper = {"upper", 10}, lower = {"lower", 20};
    const char *name;

    found = go_chan(const char *, 0);
    go(search, &upper);
    go(search, &lower);
    go_recv(found, &name);              // one key is enough
    printf("the key is in the %s drawer\n", name);
}
