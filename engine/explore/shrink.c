/* shrink.c -- delta debugging of a schedule's segments.
 *
 * Zeller & Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE TSE 28(2), 2002,
 * section 3: take out chunks, ever smaller ones.  Where we differ: any part of a schedule guides a
 * whole run (guide.c), so first the tail is cut; a segment may also move to an earlier one of its
 * goroutine; and what counts is the run that came of it, not the guide.
 */
#include "explore/shrink.h"

#include <stdlib.h>
#include <string.h>

struct segment {
    size_t first, count; /* of the schedule's steps */
};

struct work {
    struct shrink *shrink;
    struct schedule best;
    struct shrink_size size;
    struct segment *segments; /* of best */
    size_t nsegments;
    struct schedule guide;    /* being put together */
    bool failed;              /* memory ran out */
};

struct shrink_size shrink_measure(const struct trace *trace)
{
    struct shrink_size size = {0};
    uint32_t last = 0;

    for (uint32_t i = 0; i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (!event_is_step(event))
            continue;
        size.steps++;
        size.switches += last && event->g != last;
        last = event->g;
    }
    return size;
}

static bool smaller(struct shrink_size a, struct shrink_size b)
{
    return a.switches != b.switches ? a.switches < b.switches : a.steps < b.steps;
}

static bool room(struct schedule *schedule, size_t count)
{
    struct schedule_step *steps;

    if (count <= schedule->cap)
        return true;
    steps = realloc(schedule->steps, count * sizeof *steps);
    if (!steps)
        return false;
    schedule->steps = steps;
    schedule->cap = count;
    return true;
}

static bool cut_into_segments(struct work *w)
{
    struct segment *segments = realloc(w->segments, (w->best.count + 1) * sizeof *segments);

    if (!segments)
        return false;
    w->segments = segments;
    w->nsegments = 0;
    for (size_t i = 0; i < w->best.count; i++) {
        if (i == 0 || w->best.steps[i].g != w->best.steps[i - 1].g)
            segments[w->nsegments++] = (struct segment){i, 0};
        segments[w->nsegments - 1].count++;
    }
    return true;
}

/* The trace's run is the best from now on. */
static bool take(struct work *w)
{
    struct schedule made = {0};

    if (!schedule_of_trace(&made, w->shrink->trace))
        return false;
    schedule_release(&w->best);
    w->best = made;
    w->size = shrink_measure(w->shrink->trace);
    return cut_into_segments(w) && room(&w->guide, made.count);
}

static bool spent(const struct work *w)
{
    return w->failed || w->shrink->runs == 0 || w->shrink->steps == 0;
}

/* Makes a run by the guide; true: it is simpler and is the best now. */
static bool attempt(struct work *w)
{
    struct shrink *shrink = w->shrink;
    bool shows;
    uint64_t steps;

    if (spent(w))
        return false;
    shrink->runs--;
    shows = shrink->shows(shrink, &w->guide);
    steps = shrink->trace->steps + 1;
    shrink->steps -= shrink->steps < steps ? shrink->steps : steps;
    if (!shows || !smaller(shrink_measure(shrink->trace), w->size))
        return false;
    if (shrink->simpler)
        shrink->simpler(shrink);
    w->failed = !take(w);
    return !w->failed;
}

static void guide_clear(struct work *w)
{
    w->guide.count = 0;
}

static void guide_add(struct work *w, size_t first, size_t count)
{
    memcpy(w->guide.steps + w->guide.count, w->best.steps + first, count * sizeof *w->best.steps);
    w->guide.count += count;
}

static void guide_add_segments(struct work *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        guide_add(w, w->segments[i].first, w->segments[i].count);
}

/* The shortest beginning that, with round robin after it, shows it. */
static bool cut_tail(struct work *w)
{
    for (size_t n = 0; n < w->nsegments; n++) {
        guide_clear(w);
        guide_add_segments(w, 0, n);
        if (attempt(w))
            return true;
    }
    return false;
}

/* Without one chunk of segments, from half of them down to one. */
static bool take_out(struct work *w)
{
    bool any = false;

    for (size_t size = w->nsegments / 2; size > 0; size /= 2)
        for (size_t at = 0; at < w->nsegments;) {
            size_t end = at + size < w->nsegments ? at + size : w->nsegments;

            guide_clear(w);
            guide_add_segments(w, 0, at);
            guide_add_segments(w, end, w->nsegments);
            if (attempt(w))
                any = true;
            else
                at = end;
        }
    return any;
}

/* The next segment of the same goroutine; nsegments: none. */
static size_t again(const struct work *w, size_t at)
{
    uint32_t g = w->best.steps[w->segments[at].first].g;

    for (size_t i = at + 1; i < w->nsegments; i++)
        if (w->best.steps[w->segments[i].first].g == g)
            return i;
    return w->nsegments;
}

/* A segment goes on with what its goroutine does in its next one, or leaves its steps to that. */
static bool join(struct work *w)
{
    bool any = false;

    for (size_t at = 0; at < w->nsegments; at++) {
        size_t next = again(w, at);

        for (int later = 0; later < 2 && next < w->nsegments; later++) {
            guide_clear(w);
            guide_add_segments(w, 0, at);
            if (!later) {
                guide_add_segments(w, at, at + 1);
                guide_add_segments(w, next, next + 1);
            }
            guide_add_segments(w, at + 1, next);
            if (later) {
                guide_add_segments(w, at, at + 1);
                guide_add_segments(w, next, next + 1);
            }
            guide_add_segments(w, next + 1, w->nsegments);
            if (attempt(w)) {
                any = true;
                next = again(w, at);
                later = -1;
            }
        }
    }
    return any;
}

/* Only the first `kept` steps of a segment. */
static bool keep_first(struct work *w, size_t at, size_t kept)
{
    guide_clear(w);
    guide_add_segments(w, 0, at);
    guide_add(w, w->segments[at].first, kept);
    guide_add_segments(w, at + 1, w->nsegments);
    return attempt(w);
}

/* Segments without their later half, or their last step: who polls needs not poll that often. */
static bool shorten(struct work *w)
{
    bool any = false;

    for (size_t at = 0; at < w->nsegments;) {
        size_t count = w->segments[at].count;

        if ((count > 1 && keep_first(w, at, count / 2)) ||
            (count > 2 && keep_first(w, at, count - 1)))
            any = true;
        else
            at++;
    }
    return any;
}

bool shrink(struct shrink *self)
{
    struct work w = {.shrink = self};
    bool any = true;

    w.failed = !take(&w);
    if (!w.failed)
        cut_tail(&w);
    while (any && !spent(&w)) {
        any = take_out(&w);
        any = join(&w) || any;
        any = shorten(&w) || any;
    }
    schedule_release(&w.best);
    schedule_release(&w.guide);
    free(w.segments);
    return !w.failed;
}
