// expect: wrong answer: line 1 of the output should be
// Closes once, but the line that says "closed" is no order.
#include "go.h"

enum { LINES = 4 };

struct day {
    const char *name;
    const char *list[LINES];
    struct chan *orders;
};

static struct day monday = {"monday", {"soup", "rice", "closed", "cake"}, NULL};
static struct day tuesday = {"tuesday", {"rice", "tea", "bread", "soup"}, NULL};

static void clerk(void *arg)
{
    struct day *day = arg;

    for (int i = 0; i < LINES; i++) {
        go_sleep(10 * MILLISECOND);     // types it in
        go_send(day->orders, &day->list[i]);
        if (strcmp(day->list[i], "closed") == 0)
            break;
    }
    go_close(day->orders);              // the end of the list
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
    go(clerk, &monday);
    go(clerk, &tuesday);
    kitchen(&monday);
    kitchen(&tuesday);
}
