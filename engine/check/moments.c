/* moments.c -- leaving moments, and looking for paths between them.
 *
 * Why a search may pass by a moment (id, t) when `settled` has at least t for id: settled is all
 * that some moment knew, and whoever knew of a later moment of id knew all that this one did.
 */
#include "check/moments.h"

#include "base/memory.h"

#include <stdlib.h>

enum {
    SEARCH_MAX = 64, /* moments a search looks at before all is settled */
    FIRST_CAP = 1024,
};

void moments_clear(struct moments *moments)
{
    vclock_pool_clear(&moments->pool);
    moments->count = moments->visit = 0;
    moments->failed = false;
}

void moments_release(struct moments *moments)
{
    vclock_pool_release(&moments->pool);
    free(moments->at);
    free(moments->path);
    *moments = (struct moments){0};
}

bool moments_grow(struct moments *moments)
{
    uint32_t cap = moments->cap ? 2 * moments->cap : FIRST_CAP;
    struct moment *at = cap > moments->cap ? memory_resize(moments->at, cap * sizeof *at) : NULL;

    if (!at) {
        moments->failed = true;
        return false;
    }
    moments->at = at;
    moments->cap = cap;
    return true;
}

void moments_inherit(struct moments *moments, struct knowledge *child,
                     const struct knowledge *parent, uint32_t moment)
{
    *child = (struct knowledge){.last = moment};
    vclock_copy(&moments->pool, &child->settled, &parent->settled);
}

void moments_drop(struct moments *moments, struct knowledge *knowledge)
{
    vclock_drop(&moments->pool, &knowledge->settled);
}

/* --- searches ------------------------------------------------------------ */

struct search {
    struct moments *moments;
    uint32_t todo;    /* entries of moments->path */
    uint32_t visited;
};

static void look_at(struct search *search, uint32_t moment)
{
    struct moments *moments = search->moments;

    if (moment == 0 || moments->at[moment].visit == moments->visit)
        return;
    if (search->todo == moments->path_cap) {
        uint32_t cap = moments->path_cap ? 2 * moments->path_cap : 2 * SEARCH_MAX;
        uint32_t *path = memory_resize(moments->path, cap * sizeof *path);

        if (!path) {
            moments->failed = true;
            return;
        }
        moments->path = path;
        moments->path_cap = cap;
    }
    moments->at[moment].visit = moments->visit;
    moments->path[search->todo++] = moment;
    search->visited++;
}

/* What was heard is looked at first: most that is asked for was heard of lately. */
static struct search search_from(struct moments *moments, const struct knowledge *knowledge)
{
    struct search search = {.moments = moments};

    moments->visit++;
    look_at(&search, knowledge->last);
    look_at(&search, knowledge->heard);
    return search;
}

static bool is_in(const struct vclock *settled, const struct moment *moment)
{
    return moment->g && vclock_get(settled, moment->g) >= moment->tick;
}

/* All that it knows becomes its vector clock. */
static void settle(struct moments *moments, struct knowledge *knowledge)
{
    struct search search = search_from(moments, knowledge);
    struct vclock before = {0}; /* where the search may end: what is new is not yet complete */

    vclock_copy(&moments->pool, &before, &knowledge->settled);
    while (search.todo > 0) {
        const struct moment *moment = &moments->at[moments->path[--search.todo]];

        if (is_in(&before, moment))
            continue;
        if (moment->g && !is_in(&knowledge->settled, moment))
            vclock_set(&moments->pool, &knowledge->settled, moment->g, moment->tick);
        look_at(&search, moment->before);
        look_at(&search, moment->heard);
    }
    vclock_drop(&moments->pool, &before);
    moments->failed |= moments->pool.failed;
}

static void remember(struct knowledge *knowledge, uint32_t g, uint32_t tick)
{
    if (knowledge->found[0].g != g)
        knowledge->found[1] = knowledge->found[0];
    knowledge->found[0].g = g;
    knowledge->found[0].tick = tick;
}

bool moments_known(struct moments *moments, struct knowledge *knowledge, uint32_t g, uint32_t tick,
                   uint32_t seen)
{
    struct search search;

    for (int i = 0; i < 2; i++)
        if (knowledge->found[i].g == g && knowledge->found[i].tick >= tick)
            return true;
    if (vclock_get(&knowledge->settled, g) >= tick)
        return true;
    search = search_from(moments, knowledge);
    while (search.todo > 0 && search.visited <= SEARCH_MAX) {
        const struct moment *moment = &moments->at[moments->path[--search.todo]];

        if (moment->seen < seen)
            continue; /* older than what is asked for, and so is all it knows of */
        if (moment->g == g && moment->tick >= tick) {
            remember(knowledge, g, moment->tick);
            return true;
        }
        if (moment->g == g || is_in(&knowledge->settled, moment))
            continue;
        look_at(&search, moment->before);
        look_at(&search, moment->heard);
    }
    if (search.todo == 0)
        return false;
    settle(moments, knowledge);
    return vclock_get(&knowledge->settled, g) >= tick;
}
