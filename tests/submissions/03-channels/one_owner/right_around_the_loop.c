// expect: passed
// Another way: one goroutine around the list, and it alone closes.
#include "go.h"

enum { LINES = 4 };

struct day {
    const char *name;
    const char *list[LINES];
    struct chan *orders;
};

static struct day monday = {"monday", {"soup", "rice", "closed", "cake"}, NULL};
static struct day tuesday = {"tuesday", {"rice", "tea", "bread", "soup"}, NULL};

static void clerk(struct day *day)
{
    for (int i = 0; i < LINES; i++) {
        if (strcmp(day->list[i], "closed") == 0)
            return;
        go_sleep(10 * MILLISECOND);     // types it in
        go_send(day->orders, &day->list[i]);
    }
}

static void owner(void *arg)
{
    struct day *day = arg;

    clerk(day);
    go_close(day->orders);
}

static void kitchen(struct day *day)
{
    const char *line;
    int count = 0;

    while (go_recv(day->orders, &line))
        count++;
    printf("%s: %d orders\n", day->name, count);
}

int main(void)
{
    monday.orders = go_chan(const char *, 0);
    tuesday.orders = go_chan(const char *, 0);
    go(owner, &monday);
    go(owner, &tuesday);
    kitchen(&monday);
    kitchen(&tuesday);
}
