/* report_json.c -- a result as one JSON object for machines. */
#include "grade/report.h"

#include "grade/between.h"
#include "grade/names.h"
#include "grade/words.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { STORY_LINES = 400 };

static json_t *json_text(const struct text *text)
{
    const char *s = text_string(text);
    json_t *value = json_stringn(s, text->len);

    return value ? value : json_string("(not UTF-8)");
}

/* The learner's own words. */
static json_t *json_safe(const char *string)
{
    struct text text = {0};
    json_t *value;

    words_safe(&text, string, 200);
    value = json_text(&text);
    text_release(&text);
    return value;
}

static json_t *json_place(const struct result *result, const struct program *program,
                          const struct names *names, const struct finding_place *place)
{
    const char *file = place->file ? trace_text(result->trace, place->file) : program ? program->name : "";

    return json_pack("{s:s, s:i, s:s}", "file", file, "line", (int)place->line, "goroutine",
                     place->g ? names_goroutine(names, place->g) : "");
}

/* Of the PANIC or ACCESS at an index. */
static json_t *json_stack(const struct result *result, const struct program *program,
                          const struct names *names, uint32_t at)
{
    json_t *list = json_array();
    uint32_t first, n = words_frames(result->trace, at, &first);

    for (uint32_t i = first; i < first + n; i++) {
        const struct event *frame = &result->trace->events[i];
        const char *file = frame->file ? trace_text(result->trace, frame->file)
                           : program   ? program->name
                                       : "";
        struct text function = {0};

        words_frame(&function, result->trace, names, i);
        json_array_append_new(list, json_pack("{s:o, s:s, s:i}", "function", json_text(&function),
                                              "file", file, "line", (int)frame->line));
        text_release(&function);
    }
    return list;
}

static json_t *json_locks(const struct result *result, const struct names *names,
                          const struct finding_place *place)
{
    struct held_lock held[HELD_MAX];
    uint32_t n = between_held(result->trace, place, held);
    json_t *list = json_array();

    for (uint32_t i = 0; i < n; i++)
        json_array_append_new(list, json_pack("{s:s, s:b}", "lock",
                                              names_object(names, held[i].obj), "reading",
                                              held[i].reading));
    return list;
}

/* One party of a race; what its run did not tell is null. */
static json_t *json_access(const struct result *result, const struct program *program,
                           const struct names *names, const struct finding_place *place)
{
    json_t *object = json_place(result, program, names, place);
    const struct event *event =
        place->event < result->trace->count ? &result->trace->events[place->event] : NULL;
    uint32_t start = names_goroutine_event(names, place->g);
    struct text value = {0};

    json_object_set_new(object, "operation", json_string(place->write ? "write" : "read"));
    json_object_set_new(object, "atomic", json_boolean(place->atomic));
    if (event && event->kind != EVENT_ACCESS)
        event = NULL;
    json_object_set_new(object, "variable",
                        event ? json_safe(trace_text(result->trace, event->text)) : json_null());
    if (event)
        words_value(&value, result->trace, event->value_kind, event->value);
    json_object_set_new(object, "value", value.len > 0 ? json_text(&value) : json_null());
    json_object_set_new(object, "locks", json_locks(result, names, place));
    json_object_set_new(object, "stack", json_stack(result, program, names, place->event));
    if (place->g > 1 && start < result->trace->count) {
        const struct event *go = &result->trace->events[start];

        json_object_set_new(object, "started", json_place(result, program, names, &(struct finding_place){
            .g = go->g, .line = go->line, .file = go->file}));
    }
    text_release(&value);
    return object;
}

/* In the order in which they were made. */
static json_t *json_accesses(const struct result *result, const struct program *program,
                             const struct names *names, const struct finding *finding)
{
    json_t *list = json_array();

    json_array_append_new(list, json_access(result, program, names, &finding->other));
    json_array_append_new(list, json_access(result, program, names, &finding->at));
    return list;
}

static json_t *json_finding(const struct result *result, const struct program *program,
                            const struct names *names, const struct finding *finding,
                            const struct text *story)
{
    struct text title = {0}, why = {0};
    uint32_t first;
    json_t *object = json_object(), *place = json_place(result, program, names, &finding->at);

    words_finding_title(&title, result->trace, names, finding);
    words_finding_why(&why, result->trace, names, program, finding);
    json_object_set_new(object, "kind", json_string(finding->kind == FINDING_UNSET
                        ? "advice" : verdict_word(verdict_of_finding(finding->kind))));
    json_object_update(object, place);
    json_object_set_new(object, "message", json_text(&title));
    json_object_set_new(object, "why", json_text(&why));
    if (finding->kind == FINDING_PANIC && words_frames(result->trace, finding->event, &first) > 0)
        json_object_set_new(object, "stack", json_stack(result, program, names, finding->event));
    if (finding->other.g)
        json_object_set_new(object, "other", json_place(result, program, names, &finding->other));
    if (finding->made.g || finding->made.line)
        json_object_set_new(object, "allocated",
                            json_place(result, program, names, &finding->made));
    if (finding->kind == FINDING_RACE)
        json_object_set_new(object, "accesses", json_accesses(result, program, names, finding));
    if (finding->kind == FINDING_DEADLOCK) {
        struct text waits = {0};

        if (words_waits(&waits, result->trace, names, finding, true))
            json_object_set_new(object, "waits", json_text(&waits));
        text_release(&waits);
    }
    json_object_set_new(object, "story", json_text(story));
    json_decref(place);
    text_release(&title);
    text_release(&why);
    return object;
}

static json_t *json_findings(const struct result *result, const struct program *program,
                             const struct findings *findings)
{
    json_t *list = json_array();
    struct names *names = result->trace ? names_new(result->trace, program) : NULL;
    struct text story = {0};

    if (names && findings->count > 0)
        words_story(&story, result->trace, names, program, STORY_LINES);
    for (uint32_t i = 0; names && i < findings->count; i++)
        json_array_append_new(list, json_finding(result, program, names, &findings->at[i], &story));
    text_release(&story);
    names_free(names);
    return list;
}

/* {"3": 0.51}: by depth, as report_strength rounds it. */
static json_t *json_chances(const struct result *result)
{
    json_t *object = json_object();

    for (uint32_t depth = 1; depth < RESULT_DEPTHS; depth++) {
        int percent = (int)(result->chance[depth] * 100);
        char name[16];

        snprintf(name, sizeof name, "%u", depth);
        if (percent > 0)
            json_object_set_new(object, name, json_real((percent > 99 ? 99 : percent) / 100.0));
    }
    return object;
}

static json_t *json_mutants(const struct result *result)
{
    json_t *list = json_array();

    for (size_t i = 0; i < result->nmutants; i++) {
        const struct result_mutant *mutant = &result->mutants[i];

        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:b}", "name", mutant->name, "what",
                                              mutant->what, "verdict",
                                              verdict_word(mutant->verdict), "caught",
                                              result_caught(mutant)));
    }
    return list;
}

bool report_json(struct text *out, const struct result *result, const struct program *program)
{
    json_t *object = json_object();
    struct text strategy = {0};
    char *dump;

    report_strength(&strategy, result);
    json_object_set_new(object, "verdict", json_string(verdict_word(result->verdict)));
    json_object_set_new(object, "file", json_string(program ? program->path : ""));
    json_object_set_new(object, "strength",
                        result->complete ? json_string("verified") : json_text(&strategy));
    json_object_set_new(object, "complete", json_boolean(result->complete));
    json_object_set_new(object, "runs", json_integer((json_int_t)result->runs));
    json_object_set_new(object, "interleavings",
                        result->complete ? json_integer((json_int_t)result->interleavings) : json_null());
    json_object_set_new(object, "blocked_runs", json_integer((json_int_t)result->blocked_runs));
    json_object_set_new(object, "deadlocked", json_integer((json_int_t)result->deadlocked));
    json_object_set_new(object, "failed", json_integer((json_int_t)result->failed));
    json_object_set_new(object, "steps", json_integer((json_int_t)result->steps));
    json_object_set_new(object, "strategy", json_string(result->strategy ? result->strategy : ""));
    json_object_set_new(object, "found_by",
                        result->found_by ? json_string(result->found_by) : json_null());
    json_object_set_new(object, "estimate", !result->complete && result->estimate > 0
                        ? json_real(result->estimate) : json_null());
    json_object_set_new(object, "chance", json_chances(result));
    json_object_set_new(object, "preemptions", result->bound
                        ? json_integer((json_int_t)result->bound - 1) : json_null());
    json_object_set_new(object, "together", json_integer((json_int_t)result->together));
    json_object_set_new(object, "seed", json_integer((json_int_t)result->seed));
    json_object_set_new(object, "schedule",
                        result->schedule ? json_string(result->schedule) : json_null());
    json_object_set_new(object, "message",
                        result->message ? json_string(result->message) : json_null());
    if (result->compiler)
        json_object_set_new(object, "compiler", json_string(result->compiler));
    json_object_set_new(object, "stats", report_stats_json(result));
    json_object_set_new(object, "findings", json_findings(result, program, &result->findings));
    if (result->advice.count > 0)
        json_object_set_new(object, "advice", json_findings(result, program, &result->advice));
    if (result->nmutants > 0)
        json_object_set_new(object, "mutants", json_mutants(result));
    if (result->leads_to)
        json_object_set_new(object, "leads_to", report_lead_json(result, program));
    if (result->review)
        json_object_set_new(object, "review", report_review_json(result, program));
    dump = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(12));
    text_release(&strategy);
    json_decref(object);
    if (!dump)
        return false;
    text_add(out, dump);
    text_add_char(out, '\n');
    free(dump);
    return true;
}
