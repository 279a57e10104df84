/* race.c -- data races: two accesses of a byte, one a write, not both atomic, with
 * no order between them.
 *
 * FastTrack (Flanagan & Freund, PLDI 2009) with two differences: marks carry the
 * bytes they touched, so overlap is exact; and plain and atomic accesses are kept
 * apart, for an atomic read must not hide a plain one before it.
 *
 * A mark is dropped when a later access makes it superfluous: whatever would race
 * with the old one then races with the new one, or did so before.
 *
 * A goroutine's stack is used again after its end, by a goroutine that knows
 * nothing of the first: marks on a stack that are older than its owner mean nothing.
 */
#include "check/race.h"
#include "base/memory.h"
#include "rt/stack.h"

#include <stddef.h>
#include <stdlib.h>

/* What words say of the time before is not to be relied on any more. */
static inline void new_stretch(struct race *race, const struct run *run)
{
    enum { LONG = 64 };

    race->epoch_of = 0;
    race->short_until = run->ticks + LONG;
}

static void race_begin(struct watcher *watcher, struct run *run)
{
    struct race *race = (struct race *)watcher;

    order_clear(&race->order);
    shadow_clear(&race->shadow);
    race->npairs = 0;
    race->broken = false;
    new_stretch(race, run);
}

/* Without memory the detector would see races that are none. */
static void out_of_memory(struct race *race, struct run *run)
{
    static const char text[] = "the race detector ran out of memory";
    struct finding finding = {.kind = FINDING_INTERNAL, .event = UINT32_MAX};

    race->broken = true;
    finding.at.event = finding.other.event = UINT32_MAX;
    finding.text = run_text(run, text, sizeof text - 1);
    finding_add(race->findings, &finding);
}

static void race_event(struct watcher *watcher, struct run *run, const struct event *event)
{
    struct race *race = (struct race *)watcher;

    if (race->broken)
        return;
    order_event(&race->order, event);
    new_stretch(race, run);
    if (race->order.failed)
        out_of_memory(race, run);
}

/* --- telling ------------------------------------------------------------- */

/* Whether the pair is told of for the first time in this run. */
static bool first_time(struct race *race, uint32_t a, uint32_t b)
{
    uint32_t low = a < b ? a : b, high = a < b ? b : a;

    for (uint32_t i = 0; i < race->npairs; i++)
        if (race->pairs[i].low == low && race->pairs[i].high == high)
            return false;
    if (race->npairs == PAIRS_MAX)
        return false;
    race->pairs[race->npairs].low = low;
    race->pairs[race->npairs++].high = high;
    return true;
}

/* The index in the trace of g's last event among the first `seen`. */
static uint32_t last_event(const struct trace *trace, uint32_t g, uint32_t seen)
{
    if (!trace || seen > trace->count)
        return UINT32_MAX;
    while (seen-- > 0) {
        const struct event *event = &trace->events[seen];
        bool handed = (event->kind == EVENT_SEND || event->kind == EVENT_RECV) && event->other == g;

        if (event->g == g || handed)
            return seen;
    }
    return UINT32_MAX;
}

static struct finding_place place_of(const struct run *run, const struct shadow_mark *mark)
{
    return (struct finding_place){
        .g = mark->g,
        .line = mark->kind & SHADOW_LINE ? mark->spot : 0,
        .pc = mark->kind & SHADOW_LINE ? 0 : mark->spot,
        .write = mark->kind & SHADOW_WRITE,
        .atomic = mark->kind & SHADOW_ATOMIC,
        .event = last_event(run->trace, mark->g, mark->seen),
    };
}

/* The ids of Lua's places are odd and close together: each gets a granule of its own. */
static bool is_lua_place(const struct access *access)
{
    return access->pc == 0 && access->size == 1 && access->where & 1;
}

/* The first byte that both touch, of a granule. */
static uintptr_t byte_of(uint64_t granule, const struct shadow_mark *a, const struct shadow_mark *b,
                         const struct access *access)
{
    if (is_lua_place(access))
        return access->where;
    return (uintptr_t)(granule * SHADOW_GRANULE + (unsigned)__builtin_ctz(a->mask & b->mask));
}

static void report(struct race *race, struct run *run, uint64_t granule,
                   const struct shadow_mark *before, const struct shadow_mark *now,
                   const struct access *access)
{
    struct finding finding = {.kind = FINDING_RACE, .text = access->name, .event = UINT32_MAX};
    uintptr_t where = byte_of(granule, before, now, access);

    if (!first_time(race, before->spot, now->spot))
        return;
    finding.value = (int64_t)where;
    if (!finding.text && run->name_of)
        finding.text = run->name_of(run, where);
    if (run->trace && now->seen > 0 && now->seen <= run->trace->count)
        finding.event = now->seen - 1;
    finding.at = place_of(run, now);
    finding.other = place_of(run, before);
    finding_add(race->findings, &finding);
}

/* --- accesses ------------------------------------------------------------ */

static bool owns(const struct goroutine *g, uintptr_t where)
{
    uintptr_t stack = (uintptr_t)g->stack;

    return stack && where >= stack && where - stack < STACK_SIZE;
}

/* Whether the mark is from before the life of the goroutine on whose stack it lies. */
static bool stale(const struct race *race, const struct run *run, uintptr_t where,
                  const struct shadow_mark *mark)
{
    const struct goroutine *owner = run->self;

    if (!owner || !owns(owner, where))
        for (owner = run->live; owner && !owns(owner, where); owner = owner->next)
            ;
    return owner && owner->id < race->order.ngoroutines &&
           mark->seen <= race->order.goroutines[owner->id].born;
}

/* Whether all that could race with the old mark could with the new one, if the old
 * happens before it. */
static bool supersedes(const struct shadow_mark *now, const struct shadow_mark *old)
{
    return now->kind & SHADOW_WRITE ||
           (!(old->kind & SHADOW_WRITE) && !(now->kind & ~old->kind & SHADOW_ATOMIC));
}

/* Whether the mark is that of other bytes, touched one by one at one place: then they share it. */
static bool joins(struct shadow_mark *m, const struct shadow_mark *now)
{
    if (m->g != now->g || m->tick != now->tick || m->spot != now->spot || m->mask == 0 ||
        !race_same_kind(m, now))
        return false;
    m->mask |= now->mask;
    m->seen = now->seen;
    m->kind &= (uint8_t)~SHADOW_CLEAN; /* what came between its bytes cannot be told */
    return true;
}

/* Adds the mark; false: memory ran out. */
static bool add(struct race *race, struct shadow_cell *cell, const struct shadow_mark *now)
{
    struct shadow_crowd *crowd = shadow_crowd(cell);
    struct shadow_mark *marks = shadow_marks(cell);

    for (uint32_t i = 0; i < cell->count; i++)
        if (joins(&marks[i], now))
            return true;
    if (crowd && shadow_plain_read(now))
        for (struct shadow_mark *m = crowd_first(crowd, now->g); m; m = crowd_next(crowd, m))
            if (joins(m, now)) {
                crowd->mask |= now->mask;
                return true;
            }
    return shadow_add(&race->shadow, cell, now);
}

/* Two reads never race; that one made the other superfluous is not worth looking for in a cell
 * that many read, until there is no room for another. */
static bool worth_ordering(const struct shadow_cell *cell, const struct shadow_mark *old,
                           const struct shadow_mark *now)
{
    return (old->kind | now->kind) & SHADOW_WRITE || old->g == now->g ||
           cell->count <= SHADOW_MARKS_INSIDE || cell->count == SHADOW_MARKS_MAX;
}

/* Until the next event an access like this one leaves nothing to do in its granule. */
static inline void know(struct race *race, const struct run *run, uint64_t granule,
                        const struct shadow_mark *now)
{
    uint64_t *word;

    if (!race_long(race, run) || now->kind & SHADOW_ATOMIC ||
        !(word = shadow_word(&race->shadow, granule * SHADOW_GRANULE)))
        return;
    if (race->epoch_of != now->g) {
        race->epoch_of = now->g;
        race->epoch = race->shadow.words->epoch += (uint64_t)1 << SHADOW_EPOCH;
    }
    if ((*word ^ race->epoch) >> SHADOW_EPOCH)
        *word = race->epoch;
    *word |= now->mask;
    if (now->kind & SHADOW_WRITE)
        *word |= (uint64_t)now->mask << SHADOW_WROTE;
}

/* A mark on bytes that the access touches, too.  What of it became superfluous is taken off. */
static void meet(struct race *race, struct run *run, uint64_t granule, struct shadow_mark *m,
                 struct shadow_mark *now, const struct access *access)
{
    bool before = order_before(&race->order, m->g, m->tick, m->seen, now->g);
    bool conflict = !before && race_possible(m, now);

    if (conflict && stale(race, run, granule * SHADOW_GRANULE, m)) {
        before = true;
        m->mask &= (uint8_t)~now->mask;
    } else if (conflict) {
        report(race, run, granule, m, now, access);
        now->kind &= (uint8_t)~SHADOW_CLEAN;
    }
    if ((before || conflict) && supersedes(now, m))
        m->mask &= (uint8_t)~now->mask;
}

/* The same with a crowd: a read concerns its own reader's marks alone, until there is no room for
 * another.  False: memory ran out. */
static bool meet_crowd(struct race *race, struct run *run, uint64_t granule,
                       struct shadow_cell *cell, struct shadow_mark *now,
                       const struct access *access)
{
    struct shadow_crowd *crowd = cell->outside.crowd;

    if (!(now->kind & SHADOW_WRITE) && !(shadow_plain_read(now) && crowd_full(crowd))) {
        for (struct shadow_mark *m = crowd_first(crowd, now->g); m; m = crowd_next(crowd, m))
            if (m->mask & now->mask)
                meet(race, run, granule, m, now, access);
        return true;
    }
    for (struct shadow_mark *m = crowd->slots, *end = m + (1u << crowd->bits); m < end; m++)
        if (m->mask & now->mask)
            meet(race, run, granule, m, now, access);
    if (!crowd_settle(&race->shadow.outside, &crowd))
        return false;
    cell->outside.crowd = crowd;
    return true;
}

/* One granule, and not as before. */
static void touch(struct race *race, struct run *run, uint64_t granule, struct shadow_cell *cell,
                  struct shadow_mark now, const struct access *access)
{
    struct shadow_mark *marks = shadow_marks(cell);
    bool room = true;

    shadow_unlearn(&race->shadow, cell);
    shadow_unsay(&race->shadow, granule);
    now.kind |= SHADOW_CLEAN;
    for (uint32_t i = cell->count; i-- > 0;) {
        if (!(marks[i].mask & now.mask) || !worth_ordering(cell, &marks[i], &now))
            continue;
        meet(race, run, granule, &marks[i], &now, access);
        if (marks[i].mask == 0)
            shadow_remove(cell, i);
    }
    if (shadow_crowd(cell))
        room = meet_crowd(race, run, granule, cell, &now, access);
    if (!room || !add(race, cell, &now))
        out_of_memory(race, run);
}

/* The mark that an access leaves, but for its bytes: who and when stay what they are between two
 * events.  False: memory ran out. */
static inline bool mark_of(struct race *race, const struct access *access, struct shadow_mark *mark)
{
    uint32_t kind = access->write ? SHADOW_WRITE : 0;

    if (access->atomic)
        kind |= SHADOW_ATOMIC;
    if (!access->pc)
        kind |= SHADOW_LINE;
    mark->g = access->g;
    mark->tick = order_tick(&race->order, access->g);
    mark->spot = access->pc ? access->pc : access->line;
    mark->seen = race->order.seen;
    mark->kind = (uint8_t)kind;
    return mark->tick != 0;
}

/* Does what is left to do for the bytes of a granule that the mark says; where that is nothing, the
 * mark that tells of them already, else NULL. */
static inline struct shadow_mark *touch_granule(struct race *race, struct run *run,
                                                uint64_t granule, const struct shadow_mark *mark,
                                                const struct access *access)
{
    struct shadow_cell *cell = shadow_cell(&race->shadow, granule);
    struct shadow_mark *own = cell ? race_touch_again(&race->shadow, cell, mark) : NULL;

    if (!cell)
        out_of_memory(race, run);
    else if (!own)
        touch(race, run, granule, cell, *mark, access);
    if (!race->broken)
        know(race, run, granule, mark);
    return own;
}

static uint8_t mask_of(uint64_t where, size_t size)
{
    return (uint8_t)(((1u << size) - 1) << where % SHADOW_GRANULE);
}

static bool in_one_granule(uint64_t where, size_t size)
{
    return where % SHADOW_GRANULE + size <= SHADOW_GRANULE;
}

static void touch_all(struct race *race, struct run *run, struct shadow_mark mark, uint64_t where,
                      const struct access *access)
{
    uint64_t end = where + access->size, granule = where / SHADOW_GRANULE;

    if (in_one_granule(where, access->size)) {
        mark.mask = mask_of(where, access->size);
        touch_granule(race, run, granule, &mark, access);
        return;
    }
    for (; granule * SHADOW_GRANULE < end && !race->broken; granule++) {
        mark.mask = shadow_bytes(granule, where, end);
        touch_granule(race, run, granule, &mark, access);
    }
}

static void atomic_access(struct race *race, struct run *run, const struct access *access)
{
    struct shadow_mark mark;

    order_atomic_acquire(&race->order, access->g, access->where);
    if (!mark_of(race, access, &mark) || race->order.failed) {
        out_of_memory(race, run);
        return;
    }
    touch_all(race, run, mark, access->where, access);
    if (access->write)
        order_atomic_release(&race->order, access->g, access->where);
    new_stretch(race, run);
}

/* The same access again need not come this way. */
static void learn(struct shadow *shadow, struct shadow_cell *cell, struct shadow_mark *own,
                  uintptr_t at, size_t size, bool write, bool covered)
{
    uint32_t row = shadow_recent_row(at);
    struct shadow_recent *recent = &shadow->recent[row][shadow_way(own->g, at, write)];

    if (own->g >= SHADOW_KEYED)
        return;
    recent->key = shadow_key(own->g, at, size, write) | (covered ? SHADOW_COVERED : 0);
    recent->own = own;
    shadow->rows[row / 64] |= (uint64_t)1 << row % 64;
    cell->recent = (uint16_t)((row + 1) & 0x1fff);
}

static void race_access(struct watcher *watcher, struct run *run, const struct access *access)
{
    struct race *race = (struct race *)watcher;
    uint64_t where = is_lua_place(access) ? access->where * SHADOW_GRANULE : access->where;
    struct shadow_mark mark;

    if (race->broken || run->main_done || access->size == 0)
        return;
    if (__builtin_expect(access->atomic, 0))
        atomic_access(race, run, access);
    else if (!mark_of(race, access, &mark))
        out_of_memory(race, run);
    else
        touch_all(race, run, mark, where, access);
}

void race_plain(struct race *race, struct run *run, uintptr_t where, size_t size, bool write,
                uintptr_t at)
{
    const struct goroutine *g = run->self;
    struct access access = {.where = where, .size = size, .write = write, .g = g->id, .pc = g->pc};
    struct shadow_mark mark, *own;

    if (!in_one_granule(where, size)) {
        race_access(&race->watcher, run, &access);
    } else if (race->broken || run->main_done) {
        return;
    } else if (!mark_of(race, &access, &mark)) {
        out_of_memory(race, run);
    } else {
        mark.mask = mask_of(where, size);
        own = touch_granule(race, run, where / SHADOW_GRANULE, &mark, &access);
        if (own && at)
            learn(&race->shadow, shadow_near(&race->shadow, where / SHADOW_GRANULE), own, at, size,
                  write, own->mask != mark.mask || own->kind != (mark.kind | SHADOW_CLEAN));
    }
}

/* --- life ---------------------------------------------------------------- */

struct watcher *race_new(struct findings *findings)
{
    struct race *race = memory_zeroed(1, sizeof *race);

    if (!race)
        return NULL;
    race->watcher.begin = race_begin;
    race->watcher.event = race_event;
    race->watcher.access = race_access;
    race->findings = findings;
    return &race->watcher;
}

void race_free(struct watcher *watcher)
{
    struct race *race = (struct race *)watcher;

    if (!race)
        return;
    order_release(&race->order);
    shadow_release(&race->shadow);
    free(race);
}

struct race *race_alone(const struct run *run)
{
    struct watcher *first = run->access_watchers;

    return first && !first->next_access && first->access == race_access ? (struct race *)first
                                                                       : NULL;
}
