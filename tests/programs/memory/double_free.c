// Whoever is last frees the request; each of two thinks it is.
#include "go.h"

struct request {
    struct a32 users;
};

static void handle(void *arg)
{
    struct request *request = arg;

    a32_add(&request->users, -1);
    go_sched();
    if (a32_load(&request->users) == 0)
        free(request);
}

static void serve(struct request *request)
{
    a32_store(&request->users, 2);
    go(handle, request);
    go(handle, request);
}

int main(void)
{
    serve(calloc(1, sizeof(struct request)));
    go_sleep(SECOND);
}
