/* wakeup.c -- see wakeup.h. */
#include "explore/wakeup.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROWS = 64, CHUNK = 340 }; /* a chunk is two pages */

struct branch_chunk {
    struct branch_chunk *next;
    struct branch at[CHUNK];
};

/* --- deeds ---------------------------------------------------------------- */

static uint32_t mix(uint32_t hash, uint32_t word)
{
    return (hash ^ word) * 0x9E3779B1u;
}

static uint32_t hash_of(struct mover mover, struct touches touches, const uint32_t *answers,
                        uint32_t nanswers)
{
    uint32_t way = mover.way.index ^ mover.way.partner << 8 ^ mover.way.nth << 16;
    uint32_t hash = mix(mix(0, mover.g), way);

    for (uint32_t i = 0; i < touches.n; i++) {
        const struct touch *touch = &touches.at[i];

        hash = mix(hash, touch->obj << 5 ^ touch->mode);
        hash = mix(hash, (uint32_t)touch->before.level ^ touch->before.sent << 16);
    }
    for (uint32_t i = 0; i < nanswers; i++)
        hash = mix(hash, answers[i]);
    return hash ^ hash >> 15;
}

static bool touch_same(const struct touch *a, const struct touch *b)
{
    return a->obj == b->obj && a->mode == b->mode && a->cap == b->cap &&
           a->before.level == b->before.level && a->before.sent == b->before.sent &&
           a->before.received == b->before.received && a->before.shut == b->before.shut;
}

static bool is_of(const struct deed *deed, struct mover mover, struct touches touches,
                  const uint32_t *answers, uint32_t nanswers)
{
    if (!mover_same(deed->mover, mover) || deed->touches.n != touches.n ||
        deed->nanswers != nanswers)
        return false;
    for (uint32_t i = 0; i < touches.n; i++)
        if (!touch_same(&deed->touches.at[i], &touches.at[i]))
            return false;
    return nanswers == 0 || memcmp(deed->answers, answers, nanswers * sizeof *answers) == 0;
}

static void drop_unused(struct wakeup *wakeup)
{
    for (uint32_t i = 0; i < wakeup->nrows; i++)
        for (struct deed **at = &wakeup->rows[i], *deed; (deed = *at);) {
            if (deed->users > 0) {
                at = &deed->next;
                continue;
            }
            *at = deed->next;
            free(deed);
            wakeup->ndeeds--;
        }
}

/* Room for one more deed: that of those nobody uses, or, when they are few, in a larger table. */
static bool make_room(struct wakeup *wakeup)
{
    uint32_t nrows = wakeup->nrows ? 2 * wakeup->nrows : FIRST_ROWS;
    struct deed **rows, *deed;

    drop_unused(wakeup);
    if (wakeup->ndeeds < wakeup->nrows / 2)
        return true;
    rows = calloc(nrows, sizeof *rows);

    if (!rows)
        return false;
    for (uint32_t i = 0; i < wakeup->nrows; i++)
        while ((deed = wakeup->rows[i])) {
            wakeup->rows[i] = deed->next;
            deed->next = rows[deed->hash & (nrows - 1)];
            rows[deed->hash & (nrows - 1)] = deed;
        }
    free(wakeup->rows);
    wakeup->rows = rows;
    wakeup->nrows = nrows;
    return true;
}

struct deed *deed_of(struct wakeup *wakeup, struct mover mover, struct touches touches,
                     const uint32_t *answers, uint32_t nanswers)
{
    uint32_t hash = hash_of(mover, touches, answers, nanswers);
    struct deed *deed = wakeup->nrows ? wakeup->rows[hash & (wakeup->nrows - 1)] : NULL;

    while (deed && !(deed->hash == hash && is_of(deed, mover, touches, answers, nanswers)))
        deed = deed->next;
    if (deed)
        return deed_use(deed);
    if (wakeup->ndeeds == wakeup->nrows && !make_room(wakeup))
        return NULL;
    deed = malloc(sizeof *deed + touches.n * sizeof *touches.at + nanswers * sizeof *answers);
    if (!deed)
        return NULL;
    *deed = (struct deed){.mover = mover, .nanswers = nanswers, .users = 1, .hash = hash};
    deed->touches = (struct touches){(struct touch *)(deed + 1), touches.n};
    deed->answers = (uint32_t *)(deed->touches.at + touches.n);
    if (touches.n)
        memcpy(deed->touches.at, touches.at, touches.n * sizeof *touches.at);
    if (nanswers)
        memcpy(deed->answers, answers, nanswers * sizeof *answers);
    deed->next = wakeup->rows[hash & (wakeup->nrows - 1)];
    wakeup->rows[hash & (wakeup->nrows - 1)] = deed;
    wakeup->ndeeds++;
    return deed;
}

void wakeup_release(struct wakeup *wakeup)
{
    for (uint32_t i = 0; i < wakeup->nrows; i++)
        for (struct deed *deed = wakeup->rows[i], *next; deed; deed = next) {
            next = deed->next;
            free(deed);
        }
    for (struct branch_chunk *chunk = wakeup->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    free(wakeup->rows);
    *wakeup = (struct wakeup){0};
}

/* --- branches ------------------------------------------------------------- */

static bool more_branches(struct wakeup *wakeup)
{
    struct branch_chunk *chunk = malloc(sizeof *chunk);

    if (!chunk)
        return false;
    chunk->next = wakeup->chunks;
    wakeup->chunks = chunk;
    for (uint32_t i = CHUNK; i-- > 0;) {
        chunk->at[i].next = wakeup->spare;
        wakeup->spare = &chunk->at[i];
    }
    return true;
}

struct branch *branch_new(struct wakeup *wakeup, struct deed *deed)
{
    struct branch *branch;

    if (!wakeup->spare && !more_branches(wakeup))
        return NULL;
    branch = wakeup->spare;
    wakeup->spare = branch->next;
    *branch = (struct branch){.deed = deed_use(deed)};
    return branch;
}

void branch_free(struct wakeup *wakeup, struct branch *branch)
{
    while (branch->children) {
        struct branch *child = branch->children;

        branch->children = child->next;
        branch_free(wakeup, child);
    }
    deed_leave(branch->deed);
    branch->next = wakeup->spare;
    wakeup->spare = branch;
}

/* --- trees ---------------------------------------------------------------- */

static bool touches_all(struct touches touches)
{
    for (uint32_t i = 0; i < touches.n; i++)
        if (touches.at[i].obj == TOUCH_ALL)
            return true;
    return false;
}

bool touches_conflict_any(struct touches a, struct touches b)
{
    for (uint32_t i = 0; i < a.n; i++)
        for (uint32_t k = 0; k < b.n; k++)
            if (touch_conflict(&a.at[i], &b.at[k]))
                return true;
    /* also with a step that touched nothing */
    return (b.n == 0 && touches_all(a)) || (a.n == 0 && touches_all(b));
}

bool wakeup_initial(const struct deed *deed, const struct wakeup_step *steps, uint32_t n,
                    uint32_t *at)
{
    uint32_t i = 0;

    for (; i < n; i++) {
        const struct deed *other = steps[i].deed;

        if (mover_same(deed->mover, other->mover))
            break;
        if (mover_meets(deed->mover, other->mover) ||
            touches_conflict(deed->touches, other->touches))
            return false;
    }
    *at = i;
    if (i == n || steps[i].deed == deed)
        return true;
    for (uint32_t k = 0; k < i; k++)
        if (touches_conflict(steps[i].deed->touches, steps[k].deed->touches))
            return false;
    return true;
}

static bool same_answers(const struct deed *a, const struct deed *b)
{
    return a->nanswers == b->nanswers &&
           (a->nanswers == 0 ||
            memcmp(a->answers, b->answers, a->nanswers * sizeof *a->answers) == 0);
}

static enum wakeup_put append(struct wakeup *wakeup, struct branch **list,
                              const struct wakeup_step *steps, uint32_t n)
{
    struct branch *chain = NULL;

    for (uint32_t i = n; i-- > 0;) {
        struct branch *branch = branch_new(wakeup, steps[i].deed);

        if (!branch) {
            if (chain)
                branch_free(wakeup, chain);
            return WAKEUP_NO_MEMORY;
        }
        branch->children = chain;
        chain = branch;
    }
    while (*list)
        list = &(*list)->next;
    *list = chain;
    return WAKEUP_PUT;
}

static struct branch *next_of(struct branch *branch, struct mover mover)
{
    do
        branch = branch->next;
    while (branch && !mover_same(branch->deed->mover, mover));
    return branch;
}

enum wakeup_put wakeup_put(struct wakeup *wakeup, struct branch **list, struct wakeup_step *steps,
                           uint32_t n)
{
    struct branch *branch = *list;
    uint32_t at;

    while (branch) {
        if (!wakeup_initial(branch->deed, steps, n, &at)) {
            branch = branch->next;
            continue;
        }
        if (at < n) {
            struct wakeup_step step = steps[at];

            if (!branch->children)
                return WAKEUP_COVERED;
            while (branch && !step.open && !same_answers(branch->deed, step.deed))
                branch = next_of(branch, step.deed->mover);
            if (!branch) {
                memmove(&steps[1], steps, at * sizeof *steps);
                steps[0] = step;
                return append(wakeup, list, steps, n);
            }
            memmove(&steps[at], &steps[at + 1], (n - at - 1) * sizeof *steps);
            if (--n == 0)
                return WAKEUP_COVERED;
        } else if (!branch->children) {
            return WAKEUP_COVERED;
        }
        list = &branch->children;
        branch = *list;
    }
    return append(wakeup, list, steps, n);
}
