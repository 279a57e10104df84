/* object.c -- locks, WaitGroups, contexts, timers and the like: a row each.
 *
 *     mu       ▣ Mutex of worker 2 ▷ worker 1
 *     wg       ▮▮▮ WaitGroup at 3 ▷ main
 *     house    ◆ context, cancelled
 *     └─ hall  ◇ context ▷ guest
 *     tick     ◔ timer, fires at 50ms
 *
 * The shape says at a glance what the words say in full.
 */
#include "view/object.h"

#include "grade/words.h"

#include <string.h>

enum { TALLY_MOST = 6 };

/* What is told of an object. */
struct told {
    struct text words;
    const char *shape, *ascii; /* "" = none */
    enum wait_kind wait;       /* how those wait who are named behind it */
    uint32_t awaited;          /* ... for this; 0: nobody can */
    enum style style;
};

static void describe_timer(const struct scene_object *object, const struct event *make,
                           struct text *out)
{
    if (object->kind == OBJECT_TICKER) {
        text_add(out, object->closed ? "ticker, stopped" : "ticker, every ");
        if (!object->closed)
            words_duration(out, make->value);
    } else if (object->closed || object->fired) {
        text_add(out, object->closed ? "timer, stopped" : "timer, has fired");
    } else {
        text_add(out, "timer, fires at ");
        words_duration(out, make->value < make->time ? make->time + make->value : make->value);
    }
}

static void describe_rwmutex(const struct drawing *d, const struct scene_object *object,
                             struct text *out)
{
    text_add(out, "RWMutex");
    if (object->owner)
        text_addf(out, " of %s", names_goroutine(d->moment->names, object->owner));
    else if (object->counter > 0)
        text_addf(out, ", read by %d", object->counter);
    else
        text_add(out, ", free");
    if (object->closed)
        text_add(out, ", claimed");
}

/* An object that is known by what happened to it last. */
static void describe_last(const struct drawing *d, const struct scene_object *object,
                          const struct event *make, struct text *out)
{
    const struct event *last = object->ended < d->moment->trace->count
                                   ? &d->moment->trace->events[object->ended] : NULL;

    if (object->kind == OBJECT_GROUP) {
        text_add(out, last ? "group, failed: " : "group");
        if (last)
            words_safe(out, trace_text(d->moment->trace, last->text), 30);
    } else if (object->kind == OBJECT_MAP) {
        text_add(out, last ? "Map, changed" : "Map, empty");
    } else {
        text_add(out, "atomic, ");
        if (last)
            words_value(out, d->moment->trace, last->value_kind, last->value);
        else
            text_addf(out, "%lld", (long long)make->value);
    }
}



static void tell_owned(const struct drawing *d, struct told *told, const char *kind, uint32_t owner)
{
    text_addf(&told->words, owner ? "%s of " : "%s, free", kind);
    if (owner)
        text_add(&told->words, names_goroutine(d->moment->names, owner));
    told->shape = owner ? "▣ " : "▢ ";
    told->ascii = owner ? "[#] " : "[ ] ";
}

static void tell_lock(const struct drawing *d, uint32_t obj, struct told *told)
{
    const struct scene_object *object = scene_object(d->scene, obj);

    switch (object->kind) {
    case OBJECT_MUTEX:
        told->wait = WAIT_LOCK;
        tell_owned(d, told, "Mutex", object->owner);
        break;
    case OBJECT_RWMUTEX:
        told->wait = scene_waiters(d->scene, obj, WAIT_RLOCK, NULL, 0)  ? WAIT_RLOCK
                     : scene_waiters(d->scene, obj, WAIT_LOCK, NULL, 0) ? WAIT_LOCK
                                                                        : WAIT_READERS;
        describe_rwmutex(d, object, &told->words);
        told->shape = object->owner ? "▣ " : object->counter ? "▤ " : "▢ ";
        told->ascii = object->owner ? "[#] " : object->counter ? "[=] " : "[ ] ";
        break;
    default:
        told->wait = WAIT_ONCE;
        text_add(&told->words, object->closed ? "Once, done"
                               : object->owner ? "Once, run by " : "Once");
        if (object->owner)
            text_add(&told->words, names_goroutine(d->moment->names, object->owner));
        told->shape = object->closed ? "◉ " : object->owner ? "◍ " : "○ ";
        told->ascii = object->closed ? "(*) " : object->owner ? "(.) " : "( ) ";
        break;
    }
}

static void tell_context(const struct drawing *d, uint32_t obj, const struct event *make,
                         struct told *told)
{
    const struct scene_object *object = scene_object(d->scene, obj);
    const struct trace *trace = d->moment->trace;

    told->awaited = scene_channel_of(d->scene, obj);
    told->shape = object->closed ? "◆ " : "◇ ";
    told->ascii = object->closed ? "<X> " : "< > ";
    if (object->closed) {
        const char *error = object->ended < trace->count
                                ? trace_text(trace, trace->events[object->ended].text) : "";

        text_add(&told->words, strstr(error, "deadline") ? "context, deadline exceeded"
                                                         : "context, cancelled");
        told->style = scene_at(d->scene) == object->ended + 1 ? STYLE_HERE : STYLE_NOTE;
    } else if (make->value >= 0) {
        text_add(&told->words, "context, until ");
        words_duration(&told->words, make->value);
    } else {
        text_add(&told->words, "context");
    }
}

static void tell_timer(const struct drawing *d, uint32_t obj, const struct event *make,
                       struct told *told)
{
    const struct scene_object *object = scene_object(d->scene, obj);
    bool over = object->closed || (object->fired && object->kind == OBJECT_TIMER);

    told->awaited = scene_channel_of(d->scene, obj);
    told->shape = over ? "◌ " : "◔ ";
    told->ascii = over ? "( ) " : "(t) ";
    describe_timer(object, make, &told->words);
}

/* What counts: a bar for each. */
static void tell_count(const struct drawing *d, uint32_t obj, const struct event *make,
                       struct told *told)
{
    const struct scene_object *object = scene_object(d->scene, obj);
    const struct event *set = object->kind == OBJECT_PROCESSORS &&
                              object->ended < d->moment->trace->count
                                  ? &d->moment->trace->events[object->ended] : make;

    static const char *const tally[TALLY_MOST + 1] = {
        "", "▮ ", "▮▮ ", "▮▮▮ ", "▮▮▮▮ ", "▮▮▮▮▮ ", "▮▮▮▮▮▮ "};
    static const char *const ascii[TALLY_MOST + 1] = {
        "", "| ", "|| ", "||| ", "|||| ", "||||| ", "|||||| "};

    if (object->counter > 0) {
        told->shape = tally[object->counter > TALLY_MOST ? TALLY_MOST : object->counter];
        told->ascii = ascii[object->counter > TALLY_MOST ? TALLY_MOST : object->counter];
    }
    if (object->kind == OBJECT_WAITGROUP) {
        told->wait = WAIT_WG;
        text_addf(&told->words, "WaitGroup at %d", object->counter);
    } else if (object->kind == OBJECT_PROCESSORS) {
        told->wait = WAIT_PROCESSOR;
        text_addf(&told->words, "%d of %lld at work", object->counter, (long long)set->value);
    } else if (object->kind == OBJECT_POOL) {
        text_addf(&told->words, "Pool, %d put aside", object->counter);
    } else {
        told->wait = make->value < 0 ? WAIT_POST : WAIT_SEMAPHORE;
        text_addf(&told->words,
                  make->value < 0 ? "semaphore at %d" : "semaphore, %d of %lld in use",
                  object->counter, (long long)make->value);
    }
}

static void tell_rest(const struct drawing *d, uint32_t obj, const struct event *make,
                      struct told *told)
{
    static const struct { uint8_t kind, wait; const char *words; } plain[] = {
        {OBJECT_COND, WAIT_COND, "Cond"},
        {OBJECT_BARRIER, WAIT_BARRIER, "barrier"},
        {OBJECT_FLIGHT, WAIT_FLIGHT, "singleflight"},
        {OBJECT_LIMITER, WAIT_SLEEP, "limiter"},
    };
    const struct scene_object *object = scene_object(d->scene, obj);
    uint32_t len;

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i].kind == object->kind) {
            told->wait = plain[i].wait;
            text_add(&told->words, plain[i].words);
        }
    switch (object->kind) {
    case OBJECT_THREAD:
        told->wait = WAIT_JOIN;
        text_add(&told->words, object->closed ? "thread, at its end" : "thread");
        break;
    case OBJECT_LISTENER:
        told->awaited = scene_channel_of(d->scene, obj);
        len = scene_len(d->scene, told->awaited);
        text_addf(&told->words, scene_object(d->scene, told->awaited)->closed ? "listener, closed"
                                : len ? "listener, %u wait to be accepted" : "listener", len);
        break;
    case OBJECT_ATOMIC:
    case OBJECT_MAP:
    case OBJECT_GROUP: describe_last(d, object, make, &told->words); break;
    default: break;
    }
}

static void tell(const struct drawing *d, uint32_t obj, struct told *told)
{
    const struct scene_object *object = scene_object(d->scene, obj);
    const struct event *make = &d->moment->trace->events[object->event];

    *told = (struct told){.shape = "", .ascii = "", .wait = WAIT_RECV, .awaited = obj};
    switch (object->kind) {
    case OBJECT_MUTEX:
    case OBJECT_RWMUTEX:
    case OBJECT_ONCE: tell_lock(d, obj, told); break;
    case OBJECT_CONTEXT: tell_context(d, obj, make, told); break;
    case OBJECT_TIMER:
    case OBJECT_TICKER: tell_timer(d, obj, make, told); break;
    case OBJECT_WAITGROUP:
    case OBJECT_SEMAPHORE:
    case OBJECT_PROCESSORS:
    case OBJECT_POOL: tell_count(d, obj, make, told); break;
    default: tell_rest(d, obj, make, told); break;
    }
}

void object_draw(const struct drawing *d, struct rect area, uint32_t obj, const char *branch,
                 int name_cols)
{
    int col = area.col, end = area.col + area.cols, name_end = area.col + name_cols - 1;
    struct text names = {0};
    struct told told;

    if (scene_object(d->scene, obj)->kind == OBJECT_NONE)
        return; /* not made yet: its place stays empty */
    hits_add(d->moment->hits, area, HIT_OBJECT, obj);
    tell(d, obj, &told);
    col += grid_put(d->grid, area.row, col, name_end - col, STYLE_DIM, branch);
    grid_put_short(d->grid, area.row, col, name_end - col, STYLE_CHANNEL,
                   names_object(d->moment->names, obj));
    col = area.col + name_cols;
    col += grid_put(d->grid, area.row, col, end - col, told.style ? told.style : STYLE_CHANNEL,
                    grid_glyph(d->grid, told.shape, told.ascii));
    col += grid_put_short(d->grid, area.row, col, end - col, told.style,
                          text_string(&told.words));
    if (told.awaited && pipe_crowd(d, told.awaited, told.wait, &names) > 0 && end - col > 6) {
        enum style style = pipe_waiting_style(d, told.awaited, told.wait);

        col += grid_put(d->grid, area.row, col, end - col, style,
                        grid_glyph(d->grid, " ▷ ", " > "));
        grid_put_short(d->grid, area.row, col, end - col, style, text_string(&names));
    }
    text_release(&told.words);
    text_release(&names);
}
