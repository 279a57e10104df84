/* report.c -- a result as text for people and as JSON for machines. */
#include "grade/report.h"

#include "grade/between.h"
#include "grade/busy.h"
#include "grade/names.h"
#include "grade/words.h"
#include "rt/processor.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
    STORY_LINES = 60,
    JSON_STORY_LINES = 400,
};

void report_count(struct text *out, uint64_t n)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, n);

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            text_add_char(out, ',');
        text_add_char(out, digits[i]);
    }
}

/* The probability that pct states, rounded down; depths whose figure would say nothing are left
 * out. */
static void add_chances(struct text *out, const struct result *result)
{
    bool first = true;

    for (uint32_t depth = 1; depth < RESULT_DEPTHS; depth++) {
        int percent = (int)(result->chance[depth] * 100);

        if (percent < 1)
            continue;
        text_addf(out, "%sdepth <= %u %s>= 0.%02d", first ? "; every fault of " : ", of ", depth,
                  first ? "found with probability " : "", percent > 99 ? 99 : percent);
        first = false;
    }
}

void report_strength(struct text *out, const struct result *result)
{
    if (result->complete) {
        text_add(out, "verified: all ");
        report_count(out, result->interleavings);
        text_addf(out, " interleaving%s explored", result->interleavings == 1 ? "" : "s");
        return;
    }
    text_add(out, "sampled: ");
    report_count(out, result->runs);
    text_addf(out, " run%s, ", result->runs == 1 ? "" : "s");
    report_count(out, result->steps);
    text_addf(out, " steps (%s; seed %" PRIu64 ")", result->strategy ? result->strategy : "none",
              result->seed);
    if (result->estimate > 0)
        text_addf(out, "; there are about %.1g interleavings", result->estimate);
    if (result->bound)
        text_addf(out, "; all runs with at most %u preemption%s", result->bound - 1,
                  result->bound == 2 ? "" : "s");
    add_chances(out, result);
}

/* Every line of a text, indented. */
static void add_indented(struct text *out, const char *text, const char *indent)
{
    while (*text) {
        size_t n = strcspn(text, "\n");

        text_add(out, n > 0 ? indent : "");
        text_add_n(out, text, n);
        text_add_char(out, '\n');
        text += n + (text[n] == '\n');
    }
}

/* Bytes of a line that fit, cut at a blank where there is one. */
static size_t fitting(const char *line, size_t len, size_t width)
{
    size_t cut = width;

    if (len <= width)
        return len;
    while (cut > 0 && line[cut] != ' ')
        cut--;
    while (cut == 0 || (cut < len && line[cut] != ' ')) /* a word longer than that is not cut */
        cut++;
    return cut;
}

/* Lines that go on keep the blanks their line began with. */
static void add_wrapped(struct text *out, const char *text, size_t width, const char *indent)
{
    while (*text) {
        size_t hang = strspn(text, " "), left = strcspn(text, "\n") - hang;

        text += hang;
        do {
            size_t cut = fitting(text, left, width - hang), blank = cut < left;

            text_addf(out, "%s%*s%.*s\n", indent, (int)hang, "", (int)cut, text);
            text += cut + blank;
            left -= cut + blank;
        } while (left > 0);
        text += *text == '\n';
    }
}

static void add_word(struct text *out, const struct result *result, const char *word, bool colour)
{
    bool good = result->verdict == VERDICT_PASSED;

    if (colour)
        text_addf(out, "\033[1;%dm%s\033[0m", good ? 32 : 31, word);
    else
        text_add(out, word);
}

static void add_finding(struct text *out, const struct result *result, const struct names *names,
                        const struct program *program, const struct finding *finding,
                        const struct report_options *options)
{
    /* the first explains further races */
    bool title_only = finding->kind == FINDING_RACE && finding != &result->findings.at[0];
    struct text title = {0}, why = {0}, stack = {0}, waits = {0}, accesses = {0};
    const char *word = verdict_word(verdict_of_finding(finding->kind)), *rest;

    words_finding_title(&title, result->trace, names, finding);
    rest = text_string(&title);
    if (strncmp(rest, word, strlen(word)) == 0) {
        add_word(out, result, word, options->colour);
        rest += strlen(word);
    }
    text_addf(out, "%s\n", rest);
    text_release(&title);
    if (title_only)
        return;
    words_finding_stack(&stack, result->trace, names, finding);
    add_indented(out, text_string(&stack), "  ");
    text_release(&stack);
    words_finding_accesses(&accesses, result->trace, names, program, finding);
    words_finding_why(&why, result->trace, names, program, finding);
    add_wrapped(out, text_string(&accesses), 76, "  ");
    text_release(&accesses);
    add_wrapped(out, text_string(&why), 76, "  ");
    if (finding->kind == FINDING_DEADLOCK &&
        words_waits(&waits, result->trace, names, finding, options->ascii))
        add_indented(out, text_string(&waits), "    ");
    text_release(&waits);
    text_release(&why);
}

static void add_findings(struct text *out, const struct result *result,
                         const struct program *program, const struct report_options *options)
{
    struct names *names = names_new(result->trace, program);
    struct text story = {0};

    if (!names)
        return;
    for (uint32_t i = 0; i < result->findings.count; i++)
        add_finding(out, result, names, program, &result->findings.at[i], options);
    if (result->findings.more)
        text_addf(out, "and %u more of the kind\n", result->findings.more);
    if (options->story) {
        words_story(&story, result->trace, names, program, STORY_LINES);
        text_add(out, "\nHow it happened:\n");
        add_indented(out, text_string(&story), "");
    }
    text_release(&story);
    names_free(names);
}

/* "found in run 12 (random), told by a run with 3 switches instead of 9" */
static void add_found(struct text *out, const struct result *result)
{
    text_addf(out, "found in run %" PRIu64 " (%s)", result->failing_run,
              result->found_by ? result->found_by : "");
    if (result->switches < result->switches_found)
        text_addf(out, ", told by one with %" PRIu64 " switch%s instead of %" PRIu64,
                  result->switches, result->switches == 1 ? "" : "es", result->switches_found);
    text_add_char(out, '\n');
}

void report_replay(struct text *out, const struct result *result, const struct program *program)
{
    if (result->schedule && program)
        text_addf(out, "  replay: braid replay %s '%s'%s\n", program->path, result->schedule,
                  result->flags ? result->flags : "");
}

void report_mutants(struct text *out, const struct result *result, const char *indent)
{
    for (size_t i = 0; i < result->nmutants; i++)
        if (result_caught(&result->mutants[i]))
            text_addf(out, "%scaught: %s: %s (%s)\n", indent, result->mutants[i].name,
                      result->mutants[i].what, verdict_word(result->mutants[i].verdict));
}

/* "  at most 4 goroutines at once besides main; busy for 60ms, critical path 20ms": of a program that
 * starts any; the times are of its first run. */
static void add_together(struct text *out, const struct result *result)
{
    struct busy busy = {0};
    int64_t chain;

    if (result->together == 0)
        return;
    text_addf(out, "  at most %" PRIu32 " goroutine%s at once besides main", result->together,
              result->together == 1 ? "" : "s");
    chain = result->trace ? busy_of_trace(&busy, result->trace) : 0;
    if (busy.total > 0 && chain > 0) {
        text_add(out, "; busy for ");
        words_duration(out, busy.total);
        text_add(out, ", critical path ");
        words_duration(out, chain);
    }
    busy_release(&busy);
    text_add_char(out, '\n');
}

static void verdict_text(struct text *out, const struct result *result,
                         const struct program *program, const struct report_options *options)
{
    if (result->findings.count > 0 && result->trace) {
        add_findings(out, result, program, options);
        text_add(out, "\n  ");
        add_found(out, result);
        if (result->runs > result->failing_run || result->complete)
            text_addf(out, "  of %" PRIu64 " runs%s, %" PRIu64 " end in a deadlock and %" PRIu64
                      " fail otherwise\n",
                      result->complete ? result->interleavings : result->runs,
                      result->complete ? " (all interleavings)" : "", result->deadlocked,
                      result->failed);
        report_replay(out, result, program);
        report_lead(out, result, program, options);
        return;
    }
    add_word(out, result, verdict_word(result->verdict), options->colour);
    if (program)
        text_addf(out, ": %s", program->path);
    text_add_char(out, '\n');
    if (result->message)
        add_indented(out, result->message, "  ");
    if (result->verdict == VERDICT_PASSED || result->verdict == VERDICT_INCOMPLETE) {
        text_add(out, "  ");
        report_strength(out, result);
        text_add_char(out, '\n');
        add_together(out, result);
    }
    report_mutants(out, result, "  ");
}

static void cut_at(struct text *text, const char *mark)
{
    char *at = strstr(text->at, mark);

    if (at)
        *at = '\0';
}

void report_headline(struct text *out, const struct result *result, const struct program *program)
{
    const char *word = verdict_word(result->verdict), *rest;
    struct names *names =
        result->findings.count > 0 && result->trace ? names_new(result->trace, program) : NULL;
    struct text title = {0};

    if (names)
        words_finding_title(&title, result->trace, names, &result->findings.at[0]);
    else if (result->message)
        text_add(&title, result->message);
    else
        report_strength(&title, result);
    if (result->verdict == VERDICT_PASSED && !result->complete && title.len > 0)
        cut_at(&title, ", "); /* "4,000 runs", without how they were made */
    rest = text_string(&title);
    if (strncmp(rest, word, strlen(word)) == 0 && strncmp(rest + strlen(word), ": ", 2) == 0)
        rest += strlen(word) + 2;
    text_add_n(out, rest, strcspn(rest, "\n"));
    text_release(&title);
    names_free(names);
}

/* What is no fault, but may become one. */
static void add_advice(struct text *out, const struct result *result,
                       const struct program *program, const struct report_options *options)
{
    struct names *names =
        result->advice.count > 0 && result->trace ? names_new(result->trace, program) : NULL;

    for (uint32_t i = 0; names && i < result->advice.count; i++) {
        text_add_char(out, '\n');
        add_finding(out, result, names, program, &result->advice.at[i], options);
    }
    names_free(names);
}

void report_text(struct text *out, const struct result *result, const struct program *program,
                 const struct report_options *options)
{
    verdict_text(out, result, program, options);
    add_advice(out, result, program, options);
    if (options->review)
        report_review(out, result, program, options->colour);
}

/* --- what it made of its time --------------------------------------------- */

/* False: main did not return.  Without any work only the time is known. */
static bool find_usage(const struct result *result, struct usage *usage)
{
    *usage = (struct usage){0};
    for (uint32_t i = 0; result->trace && i < result->trace->count; i++) {
        const struct event *event = &result->trace->events[i];

        usage_event(usage, event);
        if (event->kind == EVENT_END && event->g == 1) {
            usage->at[USAGE_ELAPSED] = event->time;
            return true;
        }
    }
    return false;
}

/* "; slept or worked for 60ms in all, at most 3 goroutines at once, 20ms of it one after the other
 * (critical path): parallelism 3.000" */
static void add_busy(struct text *out, const struct result *result)
{
    struct busy busy = {0};
    int64_t chain = busy_of_trace(&busy, result->trace);

    if (busy.total > 0 && chain > 0) {
        text_add(out, "; slept or worked for ");
        words_duration(out, busy.total);
        text_addf(out, " in all, at most %" PRIu32 " goroutine%s at once, ", busy.most,
                  busy.most == 1 ? "" : "s");
        words_duration(out, chain);
        text_addf(out, " of it one after the other (critical path): parallelism %.3f",
                  (double)busy.total / (double)chain);
    }
    busy_release(&busy);
}

void report_stats(struct text *out, const struct result *result)
{
    struct usage usage;

    if (!find_usage(result, &usage))
        return;
    words_duration(out, usage.at[USAGE_ELAPSED]);
    text_add(out, " of virtual time");
    if (usage.at[USAGE_CAPACITY] > 0) {
        text_add(out, "; ");
        words_duration(out, usage.at[USAGE_WORKED]);
        text_addf(out, " of work in %" PRId64 " pieces, at most %" PRId64 " at once of %" PRId64
                  " processors: utilisation %.3f, speed-up %.3f, %.1f pieces a second; waited for "
                  "a processor ", usage.at[USAGE_PIECES], usage.at[USAGE_PEAK],
                  usage.at[USAGE_PROCESSORS], usage_utilisation(&usage), usage_speedup(&usage),
                  usage_throughput(&usage));
        words_duration(out, usage.at[USAGE_WAITED]);
    }
    add_busy(out, result);
    text_add_char(out, '\n');
}

/* --- JSON ---------------------------------------------------------------- */

static json_t *json_stats(const struct result *result)
{
    static const char *const names[USAGE_COUNT] = {
        [USAGE_ELAPSED] = "elapsed_ns", [USAGE_WORKED] = "worked_ns",
        [USAGE_WAITED] = "waited_ns", [USAGE_CAPACITY] = "capacity_ns",
        [USAGE_PIECES] = "pieces", [USAGE_PEAK] = "peak", [USAGE_PROCESSORS] = "processors",
    };
    struct usage usage;
    struct busy busy = {0};
    int64_t chain;
    json_t *object;

    if (!find_usage(result, &usage))
        return json_null();
    object = json_object();
    for (int i = 0; i < USAGE_COUNT; i++)
        json_object_set_new(object, names[i], json_integer((json_int_t)usage.at[i]));
    json_object_set_new(object, "utilisation", json_real(usage_utilisation(&usage)));
    json_object_set_new(object, "speedup", json_real(usage_speedup(&usage)));
    json_object_set_new(object, "throughput", json_real(usage_throughput(&usage)));
    chain = busy_of_trace(&busy, result->trace);
    json_object_set_new(object, "busy_ns", json_integer((json_int_t)busy.total));
    json_object_set_new(object, "busy_at_once", json_integer((json_int_t)busy.most));
    json_object_set_new(object, "critical_path_ns",
                        chain < 0 ? json_null() : json_integer((json_int_t)chain));
    busy_release(&busy);
    return object;
}

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
        words_story(&story, result->trace, names, program, JSON_STORY_LINES);
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
    json_object_set_new(object, "stats", json_stats(result));
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
