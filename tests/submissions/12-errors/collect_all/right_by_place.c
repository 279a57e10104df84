// expect: passed
// Another way: each error in a place of its own.
#include "go.h"

enum { PAGES = 4 };

static const char *const problems[PAGES + 1] = {
    [2] = "disk full", [4] = "no such page"};
static struct wg savers;
static const char *errs[PAGES + 1];

static void save(void *arg)
{
    int page = *(int *)arg;
    const char *err;

    go_defer(wg_done, &savers);
    go_sleep(10 * MILLISECOND);
    if (problems[page]) {
        err = err_new("page %d: %s", page, problems[page]);
        errs[page] = err;
    }
}

int main(void)
{
    static int pages[] = {1, 2, 3, 4};
    int saved = PAGES;

    for (int i = 0; i < PAGES; i++) {
        wg_add(&savers, 1);
        go(save, &pages[i]);
    }
    wg_wait(&savers);

    for (int page = 1; page <= PAGES; page++) {
        if (!errs[page])
            continue;
        printf("%s\n", errs[page]);
        saved--;
    }
    printf("%d of 4 pages are saved\n", saved);
}
