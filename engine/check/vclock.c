/* vclock.c -- vector clocks as persistent 16-fold trees.
 *
 * Invariants: a node's children are one level below it or NULL; a node with more
 * than one reference is never written; a root of level n covers ids below
 * 16^(n+1).
 */
#include "check/vclock.h"

#include <stddef.h>

enum { FOLD_BITS = 4, FOLD = 1 << FOLD_BITS };

struct vclock_node {
    uint32_t refs;
    uint32_t level; /* 0: a leaf of ticks */
    union {
        uint32_t tick[FOLD];
        struct vclock_node *child[FOLD];
        struct vclock_node *next_free; /* in a free list */
    };
};

/* A leaf is cut off after its ticks. */
static const size_t leaf_size = offsetof(struct vclock_node, tick) + sizeof(uint32_t[FOLD]);

void vclock_pool_clear(struct vclock_pool *pool)
{
    region_clear(&pool->memory);
    pool->free_leaves = pool->free_inner = NULL;
    pool->failed = false;
}

void vclock_pool_release(struct vclock_pool *pool)
{
    region_release(&pool->memory);
    *pool = (struct vclock_pool){0};
}

/* Whether a node of this level has room for the id. */
static bool covers(uint32_t level, uint32_t id)
{
    return (uint64_t)id >> (FOLD_BITS * (level + 1)) == 0;
}

/* Which child of a node of this level the id is under. */
static uint32_t slot(uint32_t level, uint32_t id)
{
    return id >> (FOLD_BITS * level) & (FOLD - 1);
}

/* A node with one reference, all 0; NULL and pool->failed when memory ran out. */
static struct vclock_node *node_new(struct vclock_pool *pool, uint32_t level)
{
    struct vclock_node **list = level == 0 ? &pool->free_leaves : &pool->free_inner;
    struct vclock_node *node = *list;

    if (node) {
        *list = node->next_free;
    } else {
        node = region_alloc(&pool->memory, level == 0 ? leaf_size : sizeof *node);
        if (!node) {
            pool->failed = true;
            return NULL;
        }
    }
    node->refs = 1;
    node->level = level;
    if (level == 0) {
        for (int i = 0; i < FOLD; i++)
            node->tick[i] = 0;
    } else {
        for (int i = 0; i < FOLD; i++)
            node->child[i] = NULL;
    }
    return node;
}

static void node_drop(struct vclock_pool *pool, struct vclock_node *node)
{
    if (!node || --node->refs > 0)
        return;
    if (node->level == 0) {
        node->next_free = pool->free_leaves;
        pool->free_leaves = node;
        return;
    }
    for (int i = 0; i < FOLD; i++)
        node_drop(pool, node->child[i]);
    node->next_free = pool->free_inner;
    pool->free_inner = node;
}

/* The node itself if the caller is its only owner, else a copy in its place. */
static struct vclock_node *node_own(struct vclock_pool *pool, struct vclock_node *node)
{
    struct vclock_node *copy;

    if (node->refs == 1)
        return node;
    copy = node_new(pool, node->level);
    if (!copy)
        return NULL;
    for (int i = 0; i < FOLD; i++) {
        if (node->level == 0) {
            copy->tick[i] = node->tick[i];
        } else if (node->child[i]) {
            copy->child[i] = node->child[i];
            copy->child[i]->refs++;
        }
    }
    node->refs--;
    return copy;
}

/* Puts nodes above the root until it is of this level; false: memory ran out, and it is
 * of a lower one. */
static bool raise_root(struct vclock_pool *pool, struct vclock *clock, uint32_t level)
{
    while (clock->root->level < level) {
        struct vclock_node *above = node_new(pool, clock->root->level + 1);
        if (!above)
            return false;
        above->child[0] = clock->root;
        clock->root = above;
    }
    return true;
}

uint32_t vclock_get(const struct vclock *clock, uint32_t id)
{
    const struct vclock_node *node = clock->root;

    if (!node || !covers(node->level, id))
        return 0;
    while (node && node->level > 0)
        node = node->child[slot(node->level, id)];
    return node ? node->tick[slot(0, id)] : 0;
}

void vclock_set(struct vclock_pool *pool, struct vclock *clock, uint32_t id, uint32_t tick)
{
    struct vclock_node **link = &clock->root;
    uint32_t level = 0;

    while (!covers(level, id))
        level++;
    if (*link) {
        if (!raise_root(pool, clock, level))
            return;
        level = (*link)->level;
    }
    for (;; level--) {
        struct vclock_node *node = *link ? node_own(pool, *link) : node_new(pool, level);
        if (!node)
            return;
        *link = node;
        if (level == 0) {
            node->tick[slot(0, id)] = tick;
            return;
        }
        link = &node->child[slot(level, id)];
    }
}

void vclock_drop(struct vclock_pool *pool, struct vclock *clock)
{
    node_drop(pool, clock->root);
    clock->root = NULL;
}

void vclock_copy(struct vclock_pool *pool, struct vclock *to, const struct vclock *from)
{
    struct vclock_node *root = from->root;

    if (root)
        root->refs++;
    node_drop(pool, to->root);
    to->root = root;
}
