/* export_perfetto.c -- a run as Chrome's trace event format, which ui.perfetto.dev opens.
 *
 * A track for each goroutine; a moment is a slice of STEP long, and what a goroutine waits for is a
 * slice as long as it waits.  An arrow (flow) leads from who sends to who receives, and from who
 * starts to who is started.  Time on the screen is the number of the step, not virtual time, which
 * stands still most of the time.
 */
#include "view/export.h"

#include "grade/lines.h"
#include "grade/names.h"
#include "grade/words.h"
#include "view/scene.h"

#include <jansson.h>
#include <stdlib.h>

enum { STEP = 1000 }; /* microseconds on the screen */

struct writer {
    struct export run;
    const struct program *program;
    json_t *events;
    struct text text;
    uint32_t arrows;
    struct wait {
        uint32_t after; /* the moment it began in; 0: it does not wait */
        uint32_t block; /* its event */
    } *waits;           /* by goroutine */
};

static void add(struct writer *w, json_t *event)
{
    json_array_append_new(w->events, event);
}

static void add_track(struct writer *w, uint32_t g)
{
    add(w, json_pack("{s:s, s:s, s:i, s:i, s:{s:s}}", "name", "thread_name", "ph", "M", "pid", 1,
                     "tid", (int)g, "args", "name", names_goroutine(w->run.names, g)));
    add(w, json_pack("{s:s, s:s, s:i, s:i, s:{s:i}}", "name", "thread_sort_index", "ph", "M", "pid",
                     1, "tid", (int)g, "args", "sort_index", (int)g));
}

static void add_slice(struct writer *w, uint32_t g, uint32_t from, uint32_t to, const char *name,
                      const char *category, const struct event *event)
{
    struct text place = {0};

    if (event && event->line)
        words_place(&place, w->run.trace, w->program, event->file, event->line);
    add(w, json_pack("{s:s, s:s, s:s, s:i, s:i, s:I, s:I, s:{s:i, s:s, s:I}}", "name", name, "cat",
                     category, "ph", "X", "pid", 1, "tid", (int)g, "ts", (json_int_t)from * STEP,
                     "dur", (json_int_t)(to - from) * STEP, "args", "step", (int)from, "place",
                     text_string(&place), "virtual_ns", (json_int_t)(event ? event->time : 0)));
    text_release(&place);
}

static void add_arrow(struct writer *w, uint32_t from, uint32_t to, uint32_t moment,
                      const char *name)
{
    int id = (int)++w->arrows;
    json_int_t at = (json_int_t)moment * STEP + STEP / 2;

    add(w, json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:I}", "name", name, "cat", "arrow", "ph", "s",
                     "id", id, "pid", 1, "tid", (int)from, "ts", at));
    add(w, json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:I}", "name", name, "cat", "arrow", "ph",
                     "f", "bp", "e", "id", id, "pid", 1, "tid", (int)to, "ts", at));
}

static void add_wait(struct writer *w, uint32_t g, uint32_t until)
{
    const struct wait *wait = &w->waits[g];

    if (until <= wait->after + 1)
        return;
    text_clear(&w->text);
    text_add(&w->text, "waits ");
    if (wait->block < w->run.trace->count)
        words_wait(&w->text, w->run.trace, w->run.names, wait->block);
    add_slice(w, g, wait->after + 1, until, text_string(&w->text), "blocked", NULL);
}

/* Who waited until this moment, or has begun to wait in it. */
static void follow_waits(struct writer *w, uint32_t moment)
{
    bool last = moment + 1 == w->run.moments;

    for (uint32_t g = 1; g <= w->run.goroutines; g++) {
        struct wait *wait = &w->waits[g];
        bool waits = scene_state(w->run.scene, g) == SCENE_BLOCKED;

        if (waits && !wait->after)
            *wait = (struct wait){moment, scene_goroutine(w->run.scene, g)->block};
        if (wait->after && (!waits || last)) {
            add_wait(w, g, moment + waits);
            wait->after = 0;
        }
    }
}

static void add_moment(struct writer *w, uint32_t moment)
{
    const struct event *event = &w->run.trace->events[w->run.lines->first[moment]], *arrow;
    uint32_t from, to;

    scene_go(w->run.scene, w->run.lines->first[moment + 1]);
    follow_waits(w, moment);
    if (!*export_sentence(&w->run, moment, &w->text))
        return;
    add_slice(w, event->g, moment, moment + 1, text_string(&w->text), "step", event);
    arrow = export_arrow(&w->run, moment, &from, &to);
    if (!arrow)
        return;
    add_slice(w, from == event->g ? to : from, moment, moment + 1,
              arrow->kind == EVENT_GO ? "is started" : "takes part", "step", NULL);
    add_arrow(w, from, to, moment, arrow->kind == EVENT_GO ? "go" : "value");
}

static void add_findings(struct writer *w, const struct findings *findings)
{
    for (uint32_t i = 0; findings && i < findings->count; i++) {
        const struct finding *f = &findings->at[i];
        uint32_t moment = lines_of_event(w->run.lines, f->event);

        text_clear(&w->text);
        words_finding_title(&w->text, w->run.trace, w->run.names, f);
        add(w, json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:I}", "name", text_string(&w->text),
                         "cat", "fault", "ph", "i", "s", "t", "pid", 1, "tid", (int)f->at.g, "ts",
                         (json_int_t)moment * STEP));
    }
}

bool export_perfetto(struct text *out, const struct trace *trace, const struct program *program,
                     const struct findings *findings)
{
    struct writer w = {.program = program, .events = json_array()};
    json_t *whole;
    char *dump = NULL;

    if (!w.events || !export_begin(&w.run, trace, program)) {
        json_decref(w.events);
        return false;
    }
    w.waits = calloc((size_t)w.run.goroutines + 1, sizeof *w.waits);
    for (uint32_t g = 1; g <= w.run.goroutines; g++)
        add_track(&w, g);
    for (uint32_t m = 1; w.waits && m < w.run.moments; m++)
        add_moment(&w, m);
    add_findings(&w, findings);
    whole = json_pack("{s:s, s:o}", "displayTimeUnit", "ms", "traceEvents", w.events);
    if (whole && w.waits)
        dump = json_dumps(whole, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (dump) {
        text_add(out, dump);
        text_add_char(out, '\n');
    }
    free(dump);
    free(w.waits);
    json_decref(whole);
    text_release(&w.text);
    export_end(&w.run);
    return dump != NULL;
}
