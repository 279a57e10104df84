// expect: passed
// Another way: a function that loads at its first call.
#include "go.h"

struct settings {
    int port;
};

static struct wg servers;
static struct a64 listening;

static void *load_settings(void *arg)
{
    struct settings *loaded = malloc(sizeof *loaded);

    (void)arg;
    go_sleep(10 * MILLISECOND);         // reads the file
    printf("settings loaded\n");
    loaded->port = 80;
    return loaded;
}

static struct settings *get_settings(void)
{
    static struct once_value settings = {load_settings, NULL};

    return once_value(&settings);
}

static void server(void *arg)
{
    (void)arg;
    if (get_settings()->port == 80)
        a64_add(&listening, 1);
    wg_done(&servers);
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        wg_add(&servers, 1);
        go(server, NULL);
    }
    wg_wait(&servers);
    printf("%d servers listen on port 80\n", (int)a64_load(&listening));
}
