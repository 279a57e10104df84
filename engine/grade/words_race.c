/* words_race.c -- what two goroutines do to the same memory, and what would have ordered them. */
#include "grade/words_finding.h"

#include "grade/between.h"

#include <string.h>

enum { NAME_MOST = 60, CALLERS = 3 };

/* Its ACCESS; NULL: the run did not tell it. */
static const struct event *access_of(const struct telling *t, const struct finding_place *place)
{
    const struct event *event =
        place->event < t->trace->count ? &t->trace->events[place->event] : NULL;

    return event && event->kind == EVENT_ACCESS ? event : NULL;
}

static const char *name_of(const struct telling *t)
{
    return trace_text(t->trace, t->finding->text);
}

static void add_name(const struct telling *t, const char *otherwise)
{
    const char *name = name_of(t);

    if (*name)
        words_safe(t->out, name, NAME_MOST);
    else
        text_add(t->out, otherwise);
}

void telling_race_title(const struct telling *t)
{
    const struct finding *f = t->finding;

    text_addf(t->out, "race: %s and %s use ", telling_who(t, f->other.g), telling_who(t, f->at.g));
    add_name(t, "the same memory");
    text_add(t->out, " at once (");
    telling_place(t, f->other.file, f->other.line);
    if (f->other.line != f->at.line || f->other.file != f->at.file) {
        text_add(t->out, " and ");
        telling_place(t, f->at.file, f->at.line);
    }
    text_add(t->out, ")");
}

/* --- the two accesses ------------------------------------------------------ */

/* " writes 1 to counter", " reads counter", " reads 64 bytes with table[3]" */
void words_access(struct text *out, const struct trace *trace, const struct event *event)
{
    const char *name = trace_text(trace, event->text);
    bool write = event->extra & ACCESS_WRITE;

    text_addf(out, "%s%s ", event->extra & ACCESS_ATOMIC ? " atomically" : "",
              write ? " writes" : " reads");
    if (event->value_kind != VALUE_NONE) {
        words_value(out, trace, event->value_kind, event->value);
        text_add(out, write ? " to " : " from ");
    } else if (event->seq > 8) {
        text_addf(out, "%u bytes with ", event->seq);
    }
    words_safe(out, *name ? name : "the same memory", NAME_MOST);
}

/* ", holding mu and rw (for reading)"; the other holds something: ", holding no lock" */
static void add_locks(const struct telling *t, const struct finding_place *place,
                      const struct finding_place *other)
{
    struct held_lock held[HELD_MAX], others[HELD_MAX];
    uint32_t n = between_held(t->trace, place, held);

    if (n == 0 && between_held(t->trace, other, others) > 0)
        text_add(t->out, ", holding no lock");
    for (uint32_t i = 0; i < n; i++)
        text_addf(t->out, "%s%s%s", i == 0 ? ", holding " : i + 1 == n ? " and " : ", ",
                  telling_what(t, held[i].obj), held[i].reading ? " for reading" : "");
}

/* A frame: "in bump", then "called by add at pool.c:17"; without a name "called at pool.c:17". */
static void add_frame(const struct telling *t, uint32_t index, bool innermost)
{
    const struct event *frame = &t->trace->events[index];
    struct text function = {0};
    bool named;

    words_frame(&function, t->trace, t->names, index);
    named = strncmp(text_string(&function), "function <", 10) != 0;
    if (innermost && named)
        text_addf(t->out, "in %s", text_string(&function));
    if (!innermost) {
        text_addf(t->out, "%scalled%s%s ", t->out->len > 0 ? ", " : "", named ? " by " : "",
                  named ? text_string(&function) : "");
        telling_at(t, frame);
    }
    text_release(&function);
}

/* "  in bump, called by add at pool.c:17; started at pool.c:40"; that main is in main goes without
 * saying. */
static void add_way(const struct telling *t, const struct finding_place *place)
{
    uint32_t first, n = words_frames(t->trace, place->event, &first);
    uint32_t start = names_goroutine_event(t->names, place->g);
    struct text way = {0};
    struct telling on_way = *t;

    on_way.out = &way;
    for (uint32_t i = 0; i < n && i <= CALLERS && !(place->g == 1 && n == 1); i++)
        add_frame(&on_way, first + i, i == 0);
    if (n > CALLERS + 1)
        text_add(&way, ", ...");
    if (place->g > 1 && start < t->trace->count) {
        text_add(&way, way.len > 0 ? "; started " : "started ");
        telling_at(&on_way, &t->trace->events[start]);
    }
    if (way.len > 0)
        text_addf(t->out, "  %s\n", text_string(&way));
    text_release(&way);
}

static void add_access(const struct telling *t, const struct finding_place *place,
                       const struct finding_place *other)
{
    const struct event *event = access_of(t, place);

    text_add(t->out, telling_who(t, place->g));
    if (event) {
        words_access(t->out, t->trace, event);
    } else {
        text_add(t->out, place->write ? " writes " : " reads ");
        add_name(t, "the same memory");
    }
    text_add(t->out, " at ");
    telling_place(t, place->file, place->line);
    add_locks(t, place, other);
    text_add_char(t->out, '\n');
    add_way(t, place);
}

/* "s->hits is in a block of 16 bytes, allocated at heap.c:30", "total is a local variable of main" */
static void add_place(const struct telling *t)
{
    uint32_t at = t->finding->at.event;
    const struct event *place =
        access_of(t, &t->finding->at) && at > 0 ? &t->trace->events[at - 1] : NULL;

    if (!place || place->kind != EVENT_PLACE)
        return;
    if (place->extra == PLACE_BLOCK && place->line) {
        add_name(t, "it");
        text_addf(t->out, " is in a block of %u bytes, allocated ", place->seq);
        telling_at(t, place);
        text_add_char(t->out, '\n');
    } else if (place->extra == PLACE_FRAME) {
        const char *function = trace_text(t->trace, place->text);

        add_name(t, "it");
        text_add(t->out, *function ? " is a local variable of " : " is on the stack of ");
        words_safe(t->out, *function ? function : telling_who(t, place->other), NAME_MOST);
        if (*function && strcmp(function, telling_who(t, place->other)) != 0)
            text_addf(t->out, ", in %s", telling_who(t, place->other));
        text_add_char(t->out, '\n');
    }
}

void words_finding_accesses(struct text *out, const struct trace *trace, const struct names *names,
                            const struct program *program, const struct finding *finding)
{
    struct telling t = {out, trace, names, program ? program : names_program(names), finding};

    if (finding->kind != FINDING_RACE)
        return;
    add_access(&t, &finding->other, &finding->at);
    add_access(&t, &finding->at, &finding->other);
    add_place(&t);
}

/* --- what would have ordered them ------------------------------------------ */

static void at(const struct telling *t, const struct finding_place *place)
{
    text_add(t->out, "at ");
    telling_place(t, place->file, place->line);
}

/* "at pool.c:17"; where both come by at the same place, "around the call at pool.c:30" that only this
 * party comes by. */
static void around(const struct telling *t, const struct finding_place *place,
                   const struct finding_place *other)
{
    uint32_t first, n = words_frames(t->trace, place->event, &first);

    if (place->line != other->line || place->file != other->file || n < 2) {
        at(t, place);
        return;
    }
    text_add(t->out, "around the call ");
    telling_at(t, &t->trace->events[first + 1]);
}

/* "main reads counter before it waits for wg at pool.c:20, and worker 1 may not be done by then.
 * Put the Wait before pool.c:18." */
static void too_late(const struct telling *t, const struct between *b,
                     const struct finding_place *who, const struct finding_place *other)
{
    const struct event *event = &t->trace->events[b->event];
    const char *put = b->kind == BETWEEN_LATE_WAIT   ? "Wait"
                      : b->kind == BETWEEN_LATE_JOIN ? "join"
                                                     : "receive";

    text_addf(t->out, "%s %s ", telling_who(t, who->g), who->write ? "writes" : "reads");
    add_name(t, "it");
    text_add(t->out, " before it ");
    if (b->kind == BETWEEN_LATE_JOIN)
        text_addf(t->out, "joins %s ", telling_who(t, other->g));
    else
        text_addf(t->out, "%s %s ", b->kind == BETWEEN_LATE_WAIT ? "waits for" : "receives from",
                  telling_what(t, b->obj));
    telling_at(t, event);
    text_addf(t->out, ", and %s may not be done by then. Put the %s before ",
              telling_who(t, other->g), put);
    telling_place(t, who->file, who->line);
    text_add_char(t->out, '.');
}

static void too_early(const struct telling *t, const struct between *b,
                      const struct finding_place *who, const struct finding_place *other)
{
    const struct event *event = &t->trace->events[b->event];
    bool done = b->kind == BETWEEN_EARLY_DONE, close = event->kind == EVENT_CLOSE;

    text_addf(t->out, "%s %s ", telling_who(t, who->g),
              done ? "calls Done of" : close ? "closes" : "sends on");
    text_add(t->out, telling_what(t, b->obj));
    if (event->kind == EVENT_RECV) { /* a hand-off: the sender's place */
        text_add(t->out, " at ");
        telling_place(t, 0, event->other_line);
    } else {
        text_add_char(t->out, ' ');
        telling_at(t, event);
    }
    text_addf(t->out, ", before it %s ", who->write ? "writes" : "reads");
    add_name(t, "it");
    text_addf(t->out, ": what %s ", telling_who(t, other->g));
    text_add(t->out, done ? "waits for is only what came before. "
                          : "learns from that is only what came before. ");
    text_add(t->out, done    ? "Call Done last, best by defer."
                     : close ? "Close it afterwards."
                             : "Send afterwards.");
}

static void by_locks(const struct telling *t, const struct between *b,
                     const struct finding_place *who, const struct finding_place *other)
{
    const char *lock = telling_what(t, b->obj);

    if (b->kind == BETWEEN_ONE_LOCK) {
        text_addf(t->out, "%s holds %s there, %s does not: a lock keeps out only those who take it "
                          "too. Lock %s ", telling_who(t, who->g), lock, telling_who(t, other->g),
                  lock);
        around(t, other, who);
        text_add(t->out, " as well.");
    } else if (b->kind == BETWEEN_READ_LOCK) {
        text_addf(t->out, "Both hold %s, but %s writes and holds it only for reading: readers do not "
                          "keep each other out. Take it for writing ", lock,
                  telling_who(t, who->g));
        at(t, who);
        text_add(t->out, ": Lock, not RLock.");
    } else {
        text_addf(t->out, "%s holds %s and %s holds %s: two locks do not keep each other out. Lock "
                          "the same one around both.", telling_who(t, t->finding->other.g), lock,
                  telling_who(t, t->finding->at.g), telling_what(t, b->other_obj));
    }
}

static void at_start(const struct telling *t, const struct between *b,
                     const struct finding_place *who, const struct finding_place *other)
{
    const char *child = telling_who(t, other->g);

    text_addf(t->out, "%s starts %s ", telling_who(t, who->g), child);
    telling_at(t, &t->trace->events[b->event]);
    text_addf(t->out, " and goes on at once; nothing says whether it %s ",
              who->write ? "writes" : "reads");
    add_name(t, "it");
    text_addf(t->out, " before or after %s %s it. ", child, other->write ? "writes" : "reads");
    if (who->write)
        text_addf(t->out, "Do it before %s is started, wait for %s, or give it a copy of its own.",
                  child, child);
    else
        text_addf(t->out, "Let %s wait until %s is done before it reads.", telling_who(t, who->g),
                  child);
}

static void nothing(const struct telling *t)
{
    const struct finding *f = t->finding;

    text_add(t->out, "Nothing says which comes first: no channel, lock or Wait lies between them. ");
    if (f->at.g == 1 && !f->at.write)
        text_addf(t->out, "Let main wait until %s is done before it reads.",
                  telling_who(t, f->other.g));
    else
        text_add(t->out, "Lock the same Mutex around both, or let one goroutine own it and send it "
                         "the changes.");
}

void telling_race_why(const struct telling *t)
{
    const struct finding *f = t->finding;
    struct between b = between(t->trace, f);
    const struct finding_place *who = b.who ? &f->at : &f->other;
    const struct finding_place *other = b.who ? &f->other : &f->at;

    switch (b.kind) {
    case BETWEEN_ATOMIC:
        text_addf(t->out, "%s uses it atomically, %s plainly: an atomic operation orders nothing for "
                          "a plain one. Use atomic operations for every access of ",
                  telling_who(t, who->g), telling_who(t, other->g));
        add_name(t, "it");
        text_add_char(t->out, '.');
        break;
    case BETWEEN_LATE_WAIT: case BETWEEN_LATE_RECV: case BETWEEN_LATE_JOIN:
        too_late(t, &b, who, other);
        break;
    case BETWEEN_ONE_LOCK: case BETWEEN_READ_LOCK: case BETWEEN_TWO_LOCKS:
        by_locks(t, &b, who, other);
        break;
    case BETWEEN_EARLY_DONE: case BETWEEN_EARLY_SEND:
        too_early(t, &b, who, other);
        break;
    case BETWEEN_BUFFERED:
        text_addf(t->out, "%s is buffered: the send of %s ", telling_what(t, b.obj),
                  telling_who(t, who->g));
        telling_at(t, &t->trace->events[b.event]);
        text_addf(t->out, " does not wait for %s to receive. Make it unbuffered, or let %s send "
                          "when it is done.", telling_who(t, other->g), telling_who(t, other->g));
        break;
    case BETWEEN_STARTED: at_start(t, &b, who, other); break;
    case BETWEEN_NOTHING: nothing(t); break;
    }
}
