// expect: race
// One list for all, and no lock.
#include "go.h"

enum { PAGES = 4 };

static const char *const problems[PAGES + 1] = {
    [2] = "disk full", [4] = "no such page"};
static struct wg savers;
static const char *errs[PAGES];
static int nerrs;

static void save(void *arg)
{
    int page = *(int *)arg;
    const char *err;

    go_defer(wg_done, &savers);
    go_sleep(10 * MILLISECOND);
    if (problems[page]) {
        err = err_new("page %d: %s", page, problems[page]);
        errs[nerrs++] = err;
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

    for (int i = 0; i < nerrs; i++) {
        printf("%s\n", errs[i]);
        saved--;
    }
    printf("%d of 4 pages are saved\n", saved);
}
