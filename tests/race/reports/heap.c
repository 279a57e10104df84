// a struct of the heap, written after the channel was told
#include "go.h"
#include <stdlib.h>

struct page {
    struct page *next;
    int links;
    int words[4];
};

static struct chan *done;

static void fetch(void *arg)
{
    struct page *page = arg;
    int ok = 1;

    page->words[2] = 7;
    go_send(done, &ok);
    page->links = 3;
}

int main(void)
{
    struct page *first = calloc(1, sizeof *first);
    int ok;

    done = go_chan(int, 0);
    go(fetch, first);
    go_recv(done, &ok);
    printf("%d\n", first->links);
}
