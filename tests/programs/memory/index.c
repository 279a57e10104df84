// Two goroutines each look whether there is room, and then both take it.
#include "go.h"

static struct a32 used;
static int slots[4];

static void take(void *arg)
{
    int mine;

    if (a32_load(&used) == 4)
        return;
    mine = a32_add(&used, 1) - 1;
    slots[mine] = *(int *)arg;
}

int main(void)
{
    int first = 1, second = 2;

    a32_store(&used, 3);
    go(take, &first);
    go(take, &second);
    go_sleep(SECOND);
}
