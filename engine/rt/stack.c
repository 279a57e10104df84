/* stack.c -- a pool of goroutine stacks cut from few large reservations.
 *
 *     reservation: | gap stack 0 | gap stack 1 | ... | gap stack SLAB-1 |     one mapping
 *
 * Were the stacks a power of two apart, the ends where they are used would fall on the same few
 * sets of the processor's caches and its table of pages.  So a stack takes a page more than its
 * size, and starts a few lines lower in it than its neighbour; not so many that who waits near
 * its end would need a second page.
 */
#include "rt/stack.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

enum {
    SLAB = 4000,  /* stacks in one reservation: just below 1 GiB of addresses */
    GAP = 4096,
    STRIDE = STACK_SIZE + GAP,
    LOWER = 192,  /* bytes, a multiple of a cache line */
    LOWEST = 12,  /* of so many neighbours each starts lower */
};

struct stack_pool {
    char **slabs;
    size_t nslabs, taken;  /* stacks in use, from the first on */
};

struct stack_pool *stack_pool_new(void)
{
    return memory_zeroed(1, sizeof(struct stack_pool));
}

void stack_pool_free(struct stack_pool *pool)
{
    if (!pool)
        return;
    for (size_t i = 0; i < pool->nslabs; i++)
        munmap(pool->slabs[i], (size_t)SLAB * STRIDE);
    free(pool->slabs);
    free(pool);
}

static bool grow(struct stack_pool *pool)
{
    char **slabs = memory_resize(pool->slabs, (pool->nslabs + 1) * sizeof *slabs);
    char *slab;

    if (!slabs)
        return false;
    pool->slabs = slabs;
    slab = mmap(NULL, (size_t)SLAB * STRIDE, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (slab == MAP_FAILED)
        return false;
    /* a huge page would make each parked goroutine cost 2 MiB */
    madvise(slab, (size_t)SLAB * STRIDE, MADV_NOHUGEPAGE);
    pool->slabs[pool->nslabs++] = slab;
    return true;
}

void *stack_take(struct stack_pool *pool)
{
    size_t at;

    if (pool->taken == pool->nslabs * SLAB && !grow(pool))
        return NULL;
    at = pool->taken++;
    return pool->slabs[at / SLAB] + at % SLAB * STRIDE + GAP - at % LOWEST * LOWER;
}

void stack_pool_clear(struct stack_pool *pool)
{
    pool->taken = 0;
}
