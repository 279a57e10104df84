/* pool.h -- sync.Pool: items put aside to be used again, or not.
 *
 * What was put may be dropped at any moment, so a Get may get any of the items or none: a
 * choice.  The items are the face's, who knows them by their numbers.  Objects belong to the
 * run.
 */
#ifndef BRAID_SYNC_POOL_H
#define BRAID_SYNC_POOL_H

#include "rt/run.h"

struct sync_pool_item;

struct sync_pool {
    uint32_t id;
    uint32_t last;           /* number given last */
    struct sync_pool_item *items; /* put last first */
    struct sync_pool_item *spare;
};

/* NULL: out of memory. */
struct sync_pool *sync_pool_make(struct run *run, const char *name);

/* The number of the item put, from 1; 0: out of memory. */
uint32_t sync_pool_put(struct run *run, struct sync_pool *pool);

/* The number of the item got, 0: make a new one.  In free mode what was put last. */
uint32_t sync_pool_get(struct run *run, struct sync_pool *pool);

#endif
