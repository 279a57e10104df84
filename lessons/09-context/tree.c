// One context and two children.  Who hears which bell?
#include "go.h"

static struct ctx *house, *kitchen, *office;
static struct chan *home;               // of const char *

static void works_in_kitchen(void *arg)
{
    (void)arg;
    go_recv_any(ctx_done(kitchen));
    go_send(home, &(const char *){"kitchen"});
}

static void works_in_office(void *arg)
{
    (void)arg;
    go_recv_any(ctx_done(office));
    go_send(home, &(const char *){"office"});
}

int main(void)
{
    const char *where;

    house = ctx_with_cancel(ctx_background());
    kitchen = ctx_with_cancel(house);
    office = ctx_with_cancel(house);
    home = go_chan(const char *, 0);
    go(works_in_kitchen, NULL);
    go(works_in_office, NULL);

    ctx_cancel(kitchen);
    go_recv(home, &where);
    printf("%s is closed\n", where);
    printf("house: %s\n", ctx_err(house) ? ctx_err(house) : "open");
    ctx_cancel(house);
    go_recv(home, &where);
    printf("%s is closed\n", where);
    printf("house: %s\n", ctx_err(house));
}
