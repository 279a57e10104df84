// Slates to write on are used again.  Nobody wipes them.
#include "go.h"

struct slate {
    char text[32];
};

static void *new_slate(void)
{
    return calloc(1, sizeof(struct slate));
}

static struct go_pool pool = {.make = new_slate};
static struct wg guests;

static void guest(void *name)
{
    struct slate *slate;
    size_t len;

    go_name("%s", (char *)name);
    slate = go_pool_get(&pool);
    len = strlen(slate->text);
    snprintf(slate->text + len, sizeof slate->text - len, "%s ",
             (char *)name);
    printf("written: %s\n", slate->text);
    go_pool_put(&pool, slate);          // as it is
    wg_done(&guests);
}

int main(void)
{
    static char *names[] = {"ann", "ben"};

    for (int i = 0; i < 2; i++) {
        wg_add(&guests, 1);
        go(guest, names[i]);
    }
    wg_wait(&guests);
}
