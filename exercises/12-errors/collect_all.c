// Four pages are saved at the same time.  Two of them cannot be.
//
// Who fails sends its error, and main reads the errors when all are done.  For
// one error there is room.  If two fail, somebody waits for ever.
//
// Your task: tell every error, however many fail.
#include "go.h"

enum { PAGES = 4 };

static const char *const problems[PAGES + 1] = {
    [2] = "disk full", [4] = "no such page"};
static struct wg savers;
static struct chan *errs;               // of const char *

static void save(void *arg)
{
    int page = *(int *)arg;
    const char *err;

    go_defer(wg_done, &savers);
    go_sleep(10 * MILLISECOND);
    if (problems[page]) {
        err = err_new("page %d: %s", page, problems[page]);
        go_send(errs, &err);
    }
}

int main(void)
{
    static int pages[] = {1, 2, 3, 4};
    const char *err;
    int saved = PAGES;

    errs = go_chan(const char *, 1);    // room for an error
    for (int i = 0; i < PAGES; i++) {
        wg_add(&savers, 1);
        go(save, &pages[i]);
    }
    wg_wait(&savers);
    go_close(errs);                     // nobody sends any more

    while (go_recv(errs, &err)) {
        printf("%s\n", err);
        saved--;
    }
    printf("%d of 4 pages are saved\n", saved);
}
