// The cache drops an entry while a reader still has it.
#include "go.h"

struct entry {
    int hits;
};

static struct mu mu;
static struct entry *cached;

static void reader(void *arg)
{
    struct entry *entry;

    (void)arg;
    mu_lock(&mu);
    entry = cached;
    mu_unlock(&mu);
    mu_lock(&mu);
    if (entry)
        entry->hits++;
    mu_unlock(&mu);
}

static void evict(void *arg)
{
    (void)arg;
    mu_lock(&mu);
    free(cached);
    cached = NULL;
    mu_unlock(&mu);
}

int main(void)
{
    cached = calloc(1, sizeof *cached);
    go(reader, NULL);
    go(evict, NULL);
    go_sleep(SECOND);
}
