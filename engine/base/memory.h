/* memory.h -- memory that a test can refuse.
 *
 * base, rt, sync and check allocate through these functions, and so do regions and the states of
 * Lua.  They are malloc and its kin; but a test may set memory_refuses, which is then asked
 * before each allocation, to see that every one of them may fail.
 */
#ifndef BRAID_BASE_MEMORY_H
#define BRAID_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/* NULL but in tests.  True: this allocation fails. */
extern bool (*memory_refuses)(void);

static inline bool memory_refused(void)
{
    return __builtin_expect(memory_refuses != NULL, 0) && memory_refuses();
}

static inline void *memory_alloc(size_t size)
{
    return memory_refused() ? NULL : malloc(size);
}

static inline void *memory_zeroed(size_t n, size_t size)
{
    return memory_refused() ? NULL : calloc(n, size);
}

static inline void *memory_resize(void *at, size_t size)
{
    return memory_refused() ? NULL : realloc(at, size);
}

#endif
