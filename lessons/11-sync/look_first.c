// expect: race
// "Locking is slow.  So look first, and lock only if it is not there."
#include "go.h"

struct config {
    int port;
};

static struct mu mu;
static struct wg servers;
static struct config *config;           // guarded by mu?

static struct config *get(void)
{
    static struct config only;

    if (!config) {                      // looks, and holds no lock
        mu_lock(&mu);
        if (!config) {
            printf("loading\n");
            config = &only;
            config->port = 80;
        }
        mu_unlock(&mu);
    }
    return config;
}

static void server(void *arg)
{
    (void)arg;
    printf("port %d\n", get()->port);
    wg_done(&servers);
}

int main(void)
{
    for (int i = 0; i < 2; i++) {
        wg_add(&servers, 1);
        go(server, NULL);
    }
    wg_wait(&servers);
}
