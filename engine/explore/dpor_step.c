/* dpor_step.c -- what a step came to, and who sleeps before it. */
#include "explore/dpor.h"

/* --- sleep ---------------------------------------------------------------- */

bool dpor_asleep(const struct step *step, struct mover mover)
{
    for (uint32_t i = 0; i < step->nsleep; i++)
        if (mover_same(step->sleep[i]->mover, mover))
            return true;
    return false;
}

bool dpor_put_to_sleep(struct step *step, struct deed *deed)
{
    if (!deed ||
        !dpor_room(&step->sleep, &step->sleep_cap, step->nsleep + 1, sizeof *step->sleep)) {
        deed_leave(deed);
        return false;
    }
    step->sleep[step->nsleep++] = deed;
    return true;
}

void dpor_wake_all(struct step *step)
{
    while (step->nsleep > 0)
        deed_leave(step->sleep[--step->nsleep]);
}

bool dpor_inherit_sleep(struct step *to, const struct step *from)
{
    struct touches touched = {from->touched, from->ntouched};

    for (uint32_t i = 0; i < from->nsleep; i++) {
        struct deed *deed = from->sleep[i];

        if (!mover_meets(deed->mover, from->mover) && !touches_conflict(deed->touches, touched) &&
            !dpor_put_to_sleep(to, deed_use(deed)))
            return false;
    }
    return true;
}

/* --- what a step came to -------------------------------------------------- */

static bool add_touch(struct touch **at, uint32_t *n, uint32_t *cap, const struct touch *touch)
{
    if (touch->obj == TOUCH_NOTHING)
        return true;
    for (uint32_t i = 0; i < *n; i++)
        if ((*at)[i].obj == touch->obj && (*at)[i].mode == touch->mode &&
            (*at)[i].before.sent == touch->before.sent &&
            (*at)[i].before.received == touch->before.received)
            return true;
    if (!dpor_room(at, cap, *n + 1, sizeof **at))
        return false;
    (*at)[(*n)++] = *touch;
    return true;
}

static bool touches_object(const struct step *step, uint32_t obj)
{
    for (uint32_t i = 0; i < step->ntouched; i++)
        if (step->touched[i].obj == obj)
            return true;
    return false;
}

bool dpor_note(struct dpor *self, const struct run *run, bool cut)
{
    static const struct touch everything = {.obj = TOUCH_ALL};
    struct step *step = &self->path[self->at - 1];
    const struct party *party = &step->parties[0];
    bool ok = true;

    if (self->noted >= self->at)
        return true;
    self->noted = self->at;
    step->ntouched = 0;
    for (uint32_t i = 0; i < run->ntouched; i++) {
        struct touch touch = run->touched[i];

        touch.obj = dpor_object(self, run, touch.obj);
        ok &= run->touched[i].obj == touch.obj || touch.obj != 0;
        ok &= add_touch(&step->touched, &step->ntouched, &step->touched_cap, &touch);
    }
    /* one that failed told of nothing */
    for (uint32_t i = 0; i < party->noffers; i++)
        if ((!party->ways || i == step->mover.way.index) &&
            !touches_object(step, party->offers[i].obj))
            ok &= add_touch(&step->touched, &step->ntouched, &step->touched_cap, &party->offers[i]);
    if (cut)
        ok &= add_touch(&step->touched, &step->ntouched, &step->touched_cap, &everything);
    step->all = touches_object(step, TOUCH_ALL);
    for (uint32_t i = 0; i < step->ntouched; i++)
        self->takes |= step->touched[i].mode == TOUCH_TAKE;
    for (uint32_t i = 0; ok && i < step->ntouched; i++)
        ok = add_touch(&step->tried, &step->ntried, &step->tried_cap, &step->touched[i]);
    return ok;
}
