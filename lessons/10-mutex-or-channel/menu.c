// Many may read the menu at once.  The cook who changes it wants to be alone.
#include "go.h"

struct guest {
    const char *name;
    int comes;
};

static struct rw menu_lock;
static struct wg all;
static const char *menu = "soup";       // guarded by menu_lock

static int now(void)
{
    return (int)(go_now() / MILLISECOND);
}

static void guest(void *arg)
{
    const struct guest *g = arg;

    go_name("%s", g->name);
    go_sleep(g->comes * MILLISECOND);
    rw_rlock(&menu_lock);
    go_sleep(10 * MILLISECOND);         // reads
    printf("%d ms: %s takes %s\n", now(), g->name, menu);
    rw_runlock(&menu_lock);
    wg_done(&all);
}

static void cook(void *arg)
{
    (void)arg;
    go_sleep(5 * MILLISECOND);
    rw_lock(&menu_lock);
    go_sleep(10 * MILLISECOND);         // writes
    menu = "fish";
    rw_unlock(&menu_lock);
    wg_done(&all);
}

int main(void)
{
    static struct guest guests[] = {{"ann", 0}, {"ben", 2}, {"eva", 8}};

    wg_add(&all, 4);
    go(guest, &guests[0]);
    go(guest, &guests[1]);
    go(cook, NULL);
    go(guest, &guests[2]);
    wg_wait(&all);
    printf("%d ms: closed\n", now());
}
