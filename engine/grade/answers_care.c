/* answers_care.c -- what is given back, locked in order, copied, and how large buffers are. */
#include "grade/answers_inside.h"

#include "grade/words.h"

#include <inttypes.h>
#include <string.h>

/* --- cleanup --------------------------------------------------------------- */

static void held(struct asking *a, const struct review_held *h)
{
    bool context = h->kind == OBJECT_CONTEXT;

    answer_name(a, h->of, context ? "a context" : "a ticker");
    if (h->live.runs) {
        text_add(&a->text, context ? ": still live when main returned, and nobody calls its cancel"
                                   : ": still ticking when main returned: it goes on until it is "
                                     "stopped; defer its Stop");
        answer_add(a, context ? SIGN_RED : SIGN_ADVICE, h->of.place, h->live.runs);
    } else if (h->unpaid.runs) {
        text_add(&a->text, ": over by itself, and its cancel was never called; go vet calls this a "
                           "lost cancel: defer it");
        answer_add(a, SIGN_ADVICE, h->of.place, h->unpaid.runs);
    } else {
        text_add(&a->text, context ? ": cancelled" : ": stopped");
        text_addf(&a->text, ", %" PRIu64 " of %" PRIu64, h->released, h->made);
        answer_add(a, SIGN_FINE, h->of.place, 0);
    }
}

/* One that is left now and then is nothing; a loop that leaves one each time is.  All that are made
 * at one place are told with the first. */
static void timers(struct asking *a, const struct review_held *first)
{
    const struct review *r = a->review;
    uint64_t left = 0, runs = 0;

    if (first->of.ordinal > 0)
        return;
    for (uint32_t i = 0; i < r->nheld; i++)
        if (r->held[i].kind == OBJECT_TIMER && r->held[i].of.place == first->of.place) {
            left += r->held[i].live.runs > 0;
            if (r->held[i].live.runs > runs)
                runs = r->held[i].live.runs;
        }
    answer_name(a, first->of, "a timer");
    if (left > 1)
        text_add(&a->text, ": several were still running when main returned: each goes on until "
                           "its time is up; make one before the loop, Reset it, Stop it by defer");
    else if (left)
        text_add(&a->text, ": still running when main returned; it fires once and is gone, Stop "
                           "lets it go at once");
    else
        text_add(&a->text, ": fired or stopped");
    answer_add(a, left > 1 ? SIGN_ADVICE : SIGN_FINE, first->of.place, runs);
}

void answer_cleanup(struct asking *a)
{
    const struct review *r = a->review;

    for (uint32_t i = 0; i < r->nheld; i++)
        if (r->held[i].kind == OBJECT_TIMER)
            timers(a, &r->held[i]);
        else
            held(a, &r->held[i]);
    for (uint32_t i = 0; i < r->nlocks; i++) {
        const struct review_lock *l = &r->locks[i];

        answer_name(a, l->of, "a lock");
        text_addf(&a->text, l->kept.runs ? ": still locked when all was over"
                                         : ": unlocked at the end");
        answer_add(a, l->kept.runs ? SIGN_RED : SIGN_FINE, l->of.place, l->kept.runs);
    }
    if (r->nheld == 0 && r->nlocks == 0)
        answer_words(a, SIGN_FINE, "there is no context, timer or lock to clean up");
}

/* --- lock order ------------------------------------------------------------ */

static bool same(const struct review_object *x, const struct review_object *y)
{
    return x->place == y->place && x->ordinal == y->ordinal;
}

/* Two orders that can meet: not both of one goroutine, and not under one more lock (Havelund,
 * "Using runtime analysis to guide model checking of Java programs", SPIN 2000: its gate locks). */
static bool can_meet(const struct review_order *x, const struct review_order *y)
{
    return !(x->g && x->g == y->g) && !(x->gate.place && same(&x->gate, &y->gate));
}

/* Whether from `at` a chain of orders leads back to `to`; path[0..n-1] are taken already. */
static bool leads_back(const struct review *r, const struct review_order **path, uint32_t n,
                       uint32_t most)
{
    const struct review_order *last = path[n - 1];

    for (uint32_t i = 0; i < r->norders; i++) {
        const struct review_order *next = &r->orders[i];
        bool fits = same(&last->second, &next->first);

        for (uint32_t k = 0; k < n && fits; k++)
            fits = can_meet(path[k], next) && !same(&path[k]->first, &next->first);
        if (!fits)
            continue;
        path[n] = next;
        if (same(&next->second, &path[0]->first) ||
            (n + 1 < most && leads_back(r, path, n + 1, most)))
            return true;
    }
    return false;
}

enum { CYCLE_MOST = 8 };

/* A cycle is told once: from the first of its orders in the table. */
static void cycle(struct asking *a, uint32_t from)
{
    const struct review *r = a->review;
    const struct review_order *path[CYCLE_MOST + 1] = {&r->orders[from]};
    uint32_t n = 1;

    while (n < CYCLE_MOST && !leads_back(r, path, 1, n + 1))
        n++;
    if (n == CYCLE_MOST)
        return;
    for (uint32_t k = 1; k <= n; k++)
        if (path[k] < path[0])
            return;
    for (uint32_t k = 0; k <= n; k++) {
        text_add(&a->text, k ? "; " : "");
        answer_name(a, path[k]->second, "a lock");
        text_add(&a->text, " is locked");
        answer_line(a, path[k]->place);
        text_add(&a->text, " with ");
        answer_name(a, path[k]->first, "a lock");
        text_add(&a->text, " held");
    }
    text_add(&a->text, ": a circle that can deadlock");
    answer_add(a, SIGN_RED, path[0]->place, path[0]->seen.runs);
}

static void held_long(struct asking *a, const struct review_lock *l)
{
    if (l->waited.runs) {
        answer_name(a, l->of, "a lock");
        text_add(&a->text, " is held while its goroutine waits for something else");
        answer_add(a, SIGN_ADVICE, l->waited_at, l->waited.runs);
    }
    if (l->longest > 0) {
        answer_name(a, l->of, "a lock");
        text_add(&a->text, " is held for ");
        words_duration(&a->text, l->longest);
        text_add(&a->text, " of virtual time: nobody else gets in meanwhile");
        answer_add(a, SIGN_ADVICE, l->longest_at, 0);
    }
}

void answer_lock_order(struct asking *a)
{
    const struct review *r = a->review;
    size_t before = a->answers->count;

    for (uint32_t i = 0; i < r->norders; i++)
        cycle(a, i);
    for (uint32_t i = 0; i < r->nlocks; i++)
        held_long(a, &r->locks[i]);
    if (a->answers->count == before)
        answer_words(a, SIGN_FINE, r->nlocks == 0    ? "there is no lock"
                                : r->norders == 0 ? "nobody holds two locks at once"
                                                  : "no circle of locks can deadlock");
}

/* --- copy safety ----------------------------------------------------------- */

void answer_copies(struct asking *a)
{
    const struct review *r = a->review;

    if (r->copied) {
        text_add(&a->text, "a copy of a lock or WaitGroup that was in use is used here");
        answer_add(a, SIGN_RED, r->copied, r->copied_in.runs);
        return;
    }
    if (a->program && a->program->language == LANGUAGE_LUA)
        answer_words(a, SIGN_FINE, "tables are handed on by reference: nothing is copied");
    else
        answer_words(a, SIGN_FINE, "every lock and WaitGroup was used where it was first used");
}

/* --- buffer sizing --------------------------------------------------------- */

/* "; with 0 a deadlock (run 3), with 1 passed (12 runs)".  Whether it passes without a buffer. */
static bool smaller_sizes(struct asking *a, const struct review_chan *c)
{
    bool none = false, first = true;

    for (int k = 0; k < REVIEW_SIZES; k++) {
        const struct review_size *size = &c->sizes[k];
        const char *runs = size->complete ? "all interleavings" : "sampled";

        if (size->runs == 0)
            continue;
        text_addf(&a->text, "%s with %" PRId64 " ", first ? "; checked again," : ",",
                  size->capacity);
        if (size->fault)
            text_addf(&a->text, "%s in run %" PRIu64,
                      verdict_word(verdict_of_finding((enum finding_kind)size->fault)), size->runs);
        else
            text_addf(&a->text, "passed (%" PRIu64 " run%s, %s)", size->runs,
                      size->runs == 1 ? "" : "s", runs);
        none |= size->capacity == 0 && !size->fault;
        first = false;
    }
    return none;
}

void answer_buffers(struct asking *a)
{
    const struct review *r = a->review;
    size_t before = a->answers->count;

    for (uint32_t i = 0; i < r->nchans; i++) {
        const struct review_chan *c = &r->chans[i];
        bool none;

        if (c->capacity <= 0)
            continue;
        answer_name(a, c->of, "a channel");
        text_addf(&a->text, ": capacity %" PRId64 ", at most %" PRId64 " in it", c->capacity,
                  c->fill);
        if (c->full.runs) {
            text_add(&a->text, "; when it is full its sender stands there for ever");
            answer_add(a, SIGN_RED, c->of.place, c->full.runs);
            continue;
        }
        if (c->fill < c->capacity)
            text_addf(&a->text, ": with %" PRId64 " every run would have been the same", c->fill);
        else
            text_add(&a->text, ": with less a sender would have waited");
        none = smaller_sizes(a, c);
        if (none)
            text_add(&a->text, ": the buffer is for speed only");
        answer_add(a, none || c->fill < c->capacity ? SIGN_ADVICE : SIGN_FINE, c->of.place, 0);
    }
    if (a->answers->count == before)
        answer_words(a, SIGN_FINE, "no channel has a buffer");
}
