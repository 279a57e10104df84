/* stack.c -- a pool of goroutine stacks cut from few large reservations.
 *
 *     reservation: | stack 0 | stack 1 | ... | stack SLAB-1 |     one mapping
 */
#include "rt/stack.h"

#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { SLAB = 4096 }; /* stacks in one reservation: 1 GiB of addresses */

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
        munmap(pool->slabs[i], (size_t)SLAB * STACK_SIZE);
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
    slab = mmap(NULL, (size_t)SLAB * STACK_SIZE, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (slab == MAP_FAILED)
        return false;
    /* a huge page would make each parked goroutine cost 2 MiB */
    madvise(slab, (size_t)SLAB * STACK_SIZE, MADV_NOHUGEPAGE);
    pool->slabs[pool->nslabs++] = slab;
    return true;
}

void *stack_take(struct stack_pool *pool)
{
    size_t at;

    if (pool->taken == pool->nslabs * SLAB && !grow(pool))
        return NULL;
    at = pool->taken++;
    return pool->slabs[at / SLAB] + at % SLAB * (size_t)STACK_SIZE;
}

void stack_pool_clear(struct stack_pool *pool)
{
    pool->taken = 0;
}
