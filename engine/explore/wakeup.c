/* wakeup.c -- see wakeup.h. */
#include "explore/wakeup.h"

#include <stdlib.h>
#include <string.h>

struct branch *branch_new(const struct wakeup_step *step)
{
    uint32_t ntouches = step->touches.n, nanswers = step->open ? 0 : step->nanswers;
    struct branch *branch = malloc(sizeof *branch + ntouches * sizeof *branch->touches.at +
                                   nanswers * sizeof *branch->answers);

    if (!branch)
        return NULL;
    *branch = (struct branch){.mover = step->mover, .nanswers = nanswers};
    branch->touches = (struct touches){(struct touch *)(branch + 1), ntouches};
    branch->answers = (uint32_t *)(branch->touches.at + ntouches);
    if (ntouches)
        memcpy(branch->touches.at, step->touches.at, ntouches * sizeof *branch->touches.at);
    if (nanswers)
        memcpy(branch->answers, step->answers, nanswers * sizeof *branch->answers);
    return branch;
}

void branch_free(struct branch *branch)
{
    while (branch->children) {
        struct branch *child = branch->children;

        branch->children = child->next;
        branch_free(child);
    }
    free(branch);
}

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

bool wakeup_initial(struct mover mover, struct touches touches, const struct wakeup_step *steps,
                    uint32_t n, uint32_t *at)
{
    uint32_t i = 0;

    while (i < n && !mover_same(mover, steps[i].mover)) {
        if (mover_meets(mover, steps[i].mover) || touches_conflict(touches, steps[i].touches))
            return false;
        i++;
    }
    *at = i;
    for (uint32_t k = 0; k < i && i < n; k++)
        if (touches_conflict(steps[i].touches, steps[k].touches))
            return false;
    return true;
}

static bool same_answers(const struct branch *branch, const struct wakeup_step *step)
{
    return branch->nanswers == step->nanswers &&
           (step->nanswers == 0 ||
            memcmp(branch->answers, step->answers, step->nanswers * sizeof *step->answers) == 0);
}

static enum wakeup_put append(struct branch **list, const struct wakeup_step *steps, uint32_t n)
{
    struct branch *chain = NULL;

    for (uint32_t i = n; i-- > 0;) {
        struct branch *branch = branch_new(&steps[i]);

        if (!branch) {
            if (chain)
                branch_free(chain);
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
    while (branch && !mover_same(branch->mover, mover));
    return branch;
}

enum wakeup_put wakeup_put(struct branch **list, struct wakeup_step *steps, uint32_t n)
{
    struct branch *branch = *list;
    uint32_t at;

    while (branch) {
        if (!wakeup_initial(branch->mover, branch->touches, steps, n, &at)) {
            branch = branch->next;
            continue;
        }
        if (at < n) {
            struct wakeup_step step = steps[at];

            if (!branch->children)
                return WAKEUP_COVERED;
            while (branch && !step.open && !same_answers(branch, &step))
                branch = next_of(branch, step.mover);
            if (!branch) {
                memmove(&steps[1], steps, at * sizeof *steps);
                steps[0] = step;
                return append(list, steps, n);
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
    return append(list, steps, n);
}
