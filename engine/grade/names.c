/* names.c -- what goroutines and objects of a trace are called.
 *
 * First everything gets a base name (from the trace, or from its source line); then those that
 * share one are numbered in order of creation.  Ids beyond what the trace can hold are garbage
 * that a stray write of the learner's program left: they have the name "?".
 */
#include "grade/names.h"

#include "base/text.h"
#include "base/utf8.h"
#include "grade/names_source.h"
#include "grade/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 32 };

struct entry {
    char *name;
    uint32_t event;      /* its GO or MAKE */
    bool numbered;       /* the base name wants no number: it says which one it is */
};

struct names {
    const struct program *program;
    struct entry *goroutines, *objects; /* by id; [0] unused */
    uint32_t ngoroutines, nobjects;     /* highest id */
};

/* Counts the earlier events of this kind that the same goroutine made, one after the other, on
 * the same line: which of the line's calls this one is. */
static uint32_t place_on_line(const struct trace *trace, uint32_t index, uint32_t kind)
{
    const struct event *event = &trace->events[index];
    uint32_t nth = 0;

    for (uint32_t i = index; i-- > 0 && index - i < 64;) {
        const struct event *before = &trace->events[i];

        if (before->g != event->g || before->kind == EVENT_FRAME ||
            before->kind == EVENT_PLACE || before->kind == EVENT_ACCESS)
            continue;
        if (before->line != event->line || before->kind != kind)
            break;
        if (kind != EVENT_MAKE ||
            (before->extra == event->extra && !before->other == !event->other))
            nth++;
    }
    return nth;
}

/* A name for the screen: no control characters, not too long. */
static char *clean(const char *name)
{
    const char *end = name + strlen(name);
    struct text out = {0};

    if (name == end)
        return NULL;
    while (name < end && out.len < NAME_MAX_BYTES) {
        uint32_t rune = utf8_next(&name, end);
        char bytes[4];

        if (utf8_is_control(rune) || rune == UTF8_BAD)
            rune = '?';
        text_add_n(&out, bytes, utf8_put(bytes, rune));
    }
    return text_take(&out);
}

static char *base_of_goroutine(const struct names *names, const struct trace *trace, uint32_t index)
{
    const struct event *event = &trace->events[index];
    const char *given = trace_text(trace, event->text);
    char name[NAME_MAX_BYTES];
    size_t len;

    if (*given)
        return clean(given);
    if (names->program && event->line && !event->file) {
        const char *line = program_line(names->program, event->line, &len);
        uint32_t nth = place_on_line(trace, index, EVENT_GO);

        if (names_source_function(line, len, names->program->language, nth, name, sizeof name) ||
            (nth > 0 && /* a loop around the line */
             names_source_function(line, len, names->program->language, 0, name, sizeof name)))
            return clean(name);
    }
    return NULL;
}

static char *base_of_object(const struct names *names, const struct trace *trace, uint32_t index)
{
    const struct event *event = &trace->events[index];
    const char *given = trace_text(trace, event->text);
    char name[NAME_MAX_BYTES];
    size_t len;

    if (*given)
        return clean(given);
    if (names->program && event->line && !event->file) {
        const char *line = program_line(names->program, event->line, &len);
        enum language language = names->program->language;
        uint32_t nth = place_on_line(trace, index, EVENT_MAKE);
        bool root = event->other == 0;

        if (names_source_object(line, len, language, event->extra, root, nth, name, sizeof name) ||
            (nth > 0 && /* a loop around the line */
             names_source_object(line, len, language, event->extra, root, 0, name, sizeof name)))
            return clean(name);
    }
    return NULL;
}

const char *names_kind(uint32_t kind)
{
    static const char *const words[OBJECT_KIND_COUNT] = {
        [OBJECT_NONE] = "object", [OBJECT_CHAN] = "channel", [OBJECT_MUTEX] = "mutex",
        [OBJECT_WAITGROUP] = "WaitGroup", [OBJECT_TIMER] = "timer", [OBJECT_TICKER] = "ticker",
        [OBJECT_CONTEXT] = "context", [OBJECT_RWMUTEX] = "RWMutex", [OBJECT_ONCE] = "Once",
        [OBJECT_COND] = "Cond", [OBJECT_SEMAPHORE] = "semaphore", [OBJECT_ATOMIC] = "atomic",
        [OBJECT_POOL] = "Pool", [OBJECT_MAP] = "Map", [OBJECT_GROUP] = "group",
        [OBJECT_FLIGHT] = "singleflight", [OBJECT_LIMITER] = "limiter",
        [OBJECT_THREAD] = "thread", [OBJECT_BARRIER] = "barrier",
        [OBJECT_VARIABLE] = "variable",
        [OBJECT_PROCESSORS] = "processors", [OBJECT_LISTENER] = "listener",
        [OBJECT_CONN] = "connection", [OBJECT_HOST] = "host",
    };

    return kind < OBJECT_KIND_COUNT ? words[kind] : "object";
}

/* A name from what it is, where the program gave it none. */
static char *name_by_kind(const struct event *event, uint32_t id, bool *numbered)
{
    struct text out = {0};

    if (event->extra == OBJECT_TIMER && event->value >= 0) {
        text_add(&out, "after ");
        words_duration(&out,
                       event->value < event->time ? event->value : event->value - event->time);
    } else {
        text_addf(&out, "%s %u", names_kind(event->extra), id);
        *numbered = true;
    }
    return text_take(&out);
}

static int by_name(const void *a, const void *b)
{
    const struct entry *left = *(struct entry *const *)a, *right = *(struct entry *const *)b;
    int order = strcmp(left->name, right->name);

    return order ? order : left < right ? -1 : left > right;
}

/* Numbers those that share a name, in order of id. */
static bool number_all(struct entry *entries, uint32_t count)
{
    struct entry **sorted = malloc(((size_t)count + 1) * sizeof *sorted);
    uint32_t n = 0;

    if (!sorted)
        return false;
    for (uint32_t i = 1; i <= count; i++)
        if (entries[i].name && !entries[i].numbered)
            sorted[n++] = &entries[i];
    qsort(sorted, n, sizeof *sorted, by_name);
    for (uint32_t i = 0, end; i < n; i = end) {
        char *base = sorted[i]->name;

        for (end = i + 1; end < n && strcmp(sorted[end]->name, base) == 0; end++)
            ;
        if (end - i == 1)
            continue;
        for (uint32_t k = end; k-- > i;) { /* the first, which is `base`, last */
            char numbered[NAME_MAX_BYTES * 2];

            snprintf(numbered, sizeof numbered, "%s %u", base, k - i + 1);
            if (k > i)
                free(sorted[k]->name);
            sorted[k]->name = strdup(numbered);
            if (!sorted[k]->name) {
                if (k > i)
                    free(base);
                free(sorted);
                return false;
            }
        }
        free(base);
    }
    free(sorted);
    return true;
}

static bool name_goroutines(struct names *names, const struct trace *trace)
{
    for (uint32_t i = 0; i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind == EVENT_GO && event->other <= names->ngoroutines && event->other > 1) {
            struct entry *entry = &names->goroutines[event->other];

            entry->event = i;
            free(entry->name);
            entry->name = base_of_goroutine(names, trace, i);
        } else if (event->kind == EVENT_NAME && event->g > 1 && event->g <= names->ngoroutines) {
            struct entry *entry = &names->goroutines[event->g];

            free(entry->name);
            entry->name = clean(trace_text(trace, event->text));
        }
    }
    for (uint32_t id = 1; id <= names->ngoroutines; id++) {
        struct entry *entry = &names->goroutines[id];
        char name[32];

        if (entry->name)
            continue;
        snprintf(name, sizeof name, id == 1 ? "main" : "goroutine %u", id);
        entry->name = strdup(name);
        entry->numbered = true;
        if (!entry->name)
            return false;
    }
    return number_all(names->goroutines, names->ngoroutines);
}

/* Objects that stand on their own. */
static bool name_objects(struct names *names, const struct trace *trace)
{
    static const struct event unknown;

    for (uint32_t i = 0; i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind == EVENT_MAKE && event->obj <= names->nobjects && event->obj > 0) {
            struct entry *entry = &names->objects[event->obj];

            entry->event = i;
            free(entry->name);
            entry->name = NULL;
            if (event->other == 0 || event->extra == OBJECT_CONTEXT ||
                *trace_text(trace, event->text))
                entry->name = base_of_object(names, trace, i);
        }
    }
    for (uint32_t id = 1; id <= names->nobjects; id++) {
        struct entry *entry = &names->objects[id];
        const struct event *event = entry->event == UINT32_MAX ? &unknown
                                                               : &trace->events[entry->event];

        if (entry->name || (event->other != 0 && event->extra != OBJECT_CONTEXT))
            continue;
        entry->name = name_by_kind(event, id, &entry->numbered);
        if (!entry->name)
            return false;
    }
    return number_all(names->objects, names->nobjects);
}

/* Objects named after the one they belong to, whose name is final by now. */
static bool name_belongings(struct names *names, const struct trace *trace)
{
    for (uint32_t id = 1; id <= names->nobjects; id++) {
        struct entry *entry = &names->objects[id];
        const struct event *event;
        struct text out = {0};

        if (entry->name)
            continue;
        event = &trace->events[entry->event];
        if (event->other < id && names->objects[event->other].event != UINT32_MAX)
            text_add(&out, names->objects[event->other].name);
        else
            text_addf(&out, "channel %u", id);
        if (event->other < id && names->objects[event->other].event != UINT32_MAX &&
            trace->events[names->objects[event->other].event].extra == OBJECT_CONTEXT)
            text_add(&out, event->extra == OBJECT_CHAN ? ".Done" : " timer");
        entry->name = text_take(&out);
        if (!entry->name)
            return false;
    }
    return true;
}

static uint32_t highest(uint32_t a, uint32_t b, uint32_t most)
{
    return b > a && b <= most ? b : a;
}

struct names *names_new(const struct trace *trace, const struct program *program)
{
    struct names *names = calloc(1, sizeof *names);
    uint32_t most = trace->count + 16; /* every id but main's has an event of its own */

    if (!names)
        return NULL;
    names->program = program;
    names->ngoroutines = 1;
    for (uint32_t i = 0; i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        names->ngoroutines = highest(names->ngoroutines, event->g, most);
        if (event->kind == EVENT_GO || event->kind == EVENT_SEND || event->kind == EVENT_RECV)
            names->ngoroutines = highest(names->ngoroutines, event->other, most);
        names->nobjects = highest(names->nobjects, event->obj, most);
    }
    names->goroutines = calloc((size_t)names->ngoroutines + 1, sizeof *names->goroutines);
    names->objects = calloc((size_t)names->nobjects + 1, sizeof *names->objects);
    if (!names->goroutines || !names->objects) {
        names->ngoroutines = names->nobjects = 0;
        names_free(names);
        return NULL;
    }
    for (uint32_t id = 0; id <= names->ngoroutines; id++)
        names->goroutines[id].event = UINT32_MAX;
    for (uint32_t id = 0; id <= names->nobjects; id++)
        names->objects[id].event = UINT32_MAX;
    if (!name_goroutines(names, trace) || !name_objects(names, trace) ||
        !name_belongings(names, trace)) {
        names_free(names);
        return NULL;
    }
    return names;
}

void names_free(struct names *names)
{
    if (!names)
        return;
    for (uint32_t id = 1; names->goroutines && id <= names->ngoroutines; id++)
        free(names->goroutines[id].name);
    for (uint32_t id = 1; names->objects && id <= names->nobjects; id++)
        free(names->objects[id].name);
    free(names->goroutines);
    free(names->objects);
    free(names);
}

const char *names_goroutine(const struct names *names, uint32_t g)
{
    if (g == 0)
        return "the clock";
    return g <= names->ngoroutines ? names->goroutines[g].name : "?";
}

const char *names_object(const struct names *names, uint32_t obj)
{
    return obj > 0 && obj <= names->nobjects ? names->objects[obj].name : "?";
}

uint32_t names_goroutine_event(const struct names *names, uint32_t g)
{
    return g > 0 && g <= names->ngoroutines ? names->goroutines[g].event : UINT32_MAX;
}

uint32_t names_object_event(const struct names *names, uint32_t obj)
{
    return obj > 0 && obj <= names->nobjects ? names->objects[obj].event : UINT32_MAX;
}

const struct program *names_program(const struct names *names)
{
    return names->program;
}

uint32_t names_goroutines(const struct names *names)
{
    return names->ngoroutines;
}

uint32_t names_objects(const struct names *names)
{
    return names->nobjects;
}
