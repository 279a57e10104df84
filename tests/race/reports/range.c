// an array that is copied while it is filled
#include "go.h"
#include <string.h>

static short table[8], copy[8];

static void save(void *arg)
{
    (void)arg;
    memcpy(copy, table, sizeof copy);
}

int main(void)
{
    go(save, NULL);
    table[3] = -2;
    go_sleep(1000);
}
