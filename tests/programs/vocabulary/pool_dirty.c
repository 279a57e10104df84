// expect: panic: somebody else's bytes
// What comes back from a Pool is as it was put.
#include "go.h"

static void *new_buffer(void)
{
    return calloc(1, 16);
}

int main(void)
{
    struct go_pool pool = {.make = new_buffer};
    char *b = go_pool_get(&pool);

    strcpy(b, "secret");
    go_pool_put(&pool, b);
    b = go_pool_get(&pool);
    if (*b)
        go_panic("somebody else's bytes");
}
