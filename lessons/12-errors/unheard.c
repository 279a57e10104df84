// Three pages are saved at once.  One of them cannot be.
#include "go.h"

static struct wg savers;

static const char *save(int page)
{
    return page == 2 ? err_new("page 2: disk full") : NULL;
}

static void saver(void *arg)
{
    save(*(int *)arg);                  // and what it returns?
    wg_done(&savers);
}

int main(void)
{
    static int pages[] = {1, 2, 3};

    for (int i = 0; i < 3; i++) {
        wg_add(&savers, 1);
        go(saver, &pages[i]);
    }
    wg_wait(&savers);
    printf("all saved\n");
}
