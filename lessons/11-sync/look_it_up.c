// A cache that two share.  Every operation on it is safe.
#include "go.h"

static struct go_map cache;             // of numbers, as pointers
static struct wg clerks;

static intptr_t work_out(const char *dish)
{
    printf("working out %s\n", dish);
    return (intptr_t)strlen(dish);
}

static intptr_t price_of(const char *dish)
{
    intptr_t price;
    void *found;

    if (go_map_load(&cache, dish, &found))
        return (intptr_t)found;
    price = work_out(dish);
    go_map_store(&cache, dish, (void *)price);
    return price;
}

static void clerk(void *arg)
{
    (void)arg;
    printf("soup is %d\n", (int)price_of("soup"));
    wg_done(&clerks);
}

int main(void)
{
    for (int i = 0; i < 2; i++) {
        wg_add(&clerks, 1);
        go(clerk, NULL);
    }
    wg_wait(&clerks);
}
