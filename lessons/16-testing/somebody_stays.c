// expect: leak
// Asks two kitchens and takes the first answer. The other cook stays for ever.
#include "go.h"

static struct chan *soups;          // of const char *

static void leek(void *arg)
{
    (void)arg;
    go_sleep(5 * MINUTE);
    go_send(soups, &(const char *){"leek soup"});
}

static void pea(void *arg)
{
    (void)arg;
    go_sleep(9 * MINUTE);
    go_send(soups, &(const char *){"pea soup"});
}

int main(void)
{
    const char *soup;

    soups = go_chan(const char *, 0);
    go(leek, NULL);
    go(pea, NULL);
    go_recv(soups, &soup);
    if (strcmp(soup, "leek soup") != 0)  // the check
        go_panic("the slower one was first");
    printf("ok: %s\n", soup);
}
