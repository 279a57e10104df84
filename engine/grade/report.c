/* report.c -- a result as text for people and as JSON for machines. */
#include "grade/report.h"

#include "grade/names.h"
#include "grade/words.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
    STORY_LINES = 60,
    JSON_STORY_LINES = 400,
};

/* 1248 -> 1,248 */
static void add_count(struct text *out, uint64_t n)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, n);

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            text_add_char(out, ',');
        text_add_char(out, digits[i]);
    }
}

void report_strength(struct text *out, const struct result *result)
{
    if (result->complete) {
        text_add(out, "verified: all ");
        add_count(out, result->interleavings);
        text_addf(out, " interleaving%s explored", result->interleavings == 1 ? "" : "s");
        return;
    }
    text_add(out, "sampled: ");
    add_count(out, result->runs);
    text_addf(out, " run%s, ", result->runs == 1 ? "" : "s");
    add_count(out, result->steps);
    text_addf(out, " steps (%s; seed %" PRIu64 ")", result->strategy ? result->strategy : "none",
              result->seed);
}

/* Every line of a text, indented. */
static void add_indented(struct text *out, const char *text, const char *indent)
{
    while (*text) {
        size_t n = strcspn(text, "\n");

        text_add(out, indent);
        text_add_n(out, text, n);
        text_add_char(out, '\n');
        text += n + (text[n] == '\n');
    }
}

static void add_wrapped(struct text *out, const char *text, size_t width, const char *indent)
{
    while (*text) {
        size_t n = strcspn(text, "\n"), cut = n;

        if (n > width) {
            cut = width;
            while (cut > 0 && text[cut] != ' ')
                cut--;
            if (cut == 0)
                cut = strcspn(text, " \n");
        }
        text_add(out, indent);
        text_add_n(out, text, cut);
        text_add_char(out, '\n');
        text += cut;
        text += *text == ' ' || *text == '\n';
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
                        const struct program *program, const struct finding *finding, bool colour)
{
    struct text title = {0}, why = {0};
    const char *word = verdict_word(verdict_of_finding(finding->kind)), *rest;

    words_finding_title(&title, result->trace, names, finding);
    words_finding_why(&why, result->trace, names, program, finding);
    rest = text_string(&title);
    if (strncmp(rest, word, strlen(word)) == 0) {
        add_word(out, result, word, colour);
        rest += strlen(word);
    }
    text_addf(out, "%s\n", rest);
    add_wrapped(out, text_string(&why), 76, "  ");
    text_release(&title);
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
        add_finding(out, result, names, program, &result->findings.at[i], options->colour);
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

void report_text(struct text *out, const struct result *result, const struct program *program,
                 const struct report_options *options)
{
    if (result->findings.count > 0 && result->trace) {
        add_findings(out, result, program, options);
        text_add(out, "\n  ");
        text_addf(out, "found in run %" PRIu64 " (%s)\n", result->failing_run,
                  result->strategy ? result->strategy : "");
        if (result->runs > result->failing_run || result->complete)
            text_addf(out, "  of %" PRIu64 " runs%s, %" PRIu64 " end in a deadlock and %" PRIu64
                      " fail otherwise\n", result->runs,
                      result->complete ? " (all interleavings)" : "", result->deadlocked,
                      result->failed);
        if (result->schedule && program)
            text_addf(out, "  replay: braid replay %s '%s'%s\n", program->path, result->schedule,
                      result->flags ? result->flags : "");
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
    }
}

/* --- JSON ---------------------------------------------------------------- */

static json_t *json_text(const struct text *text)
{
    const char *s = text_string(text);
    json_t *value = json_stringn(s, text->len);

    return value ? value : json_string("(not UTF-8)");
}

static json_t *json_place(const struct result *result, const struct program *program,
                          const struct names *names, const struct finding_place *place)
{
    const char *file = place->file ? trace_text(result->trace, place->file) : program ? program->name : "";

    return json_pack("{s:s, s:i, s:s}", "file", file, "line", (int)place->line, "goroutine",
                     place->g ? names_goroutine(names, place->g) : "");
}

static json_t *json_finding(const struct result *result, const struct program *program,
                            const struct names *names, const struct finding *finding,
                            const struct text *story)
{
    struct text title = {0}, why = {0};
    json_t *object = json_object(), *place = json_place(result, program, names, &finding->at);

    words_finding_title(&title, result->trace, names, finding);
    words_finding_why(&why, result->trace, names, program, finding);
    json_object_set_new(object, "kind", json_string(verdict_word(verdict_of_finding(finding->kind))));
    json_object_update(object, place);
    json_object_set_new(object, "message", json_text(&title));
    json_object_set_new(object, "why", json_text(&why));
    if (finding->other.g)
        json_object_set_new(object, "other", json_place(result, program, names, &finding->other));
    json_object_set_new(object, "story", json_text(story));
    json_decref(place);
    text_release(&title);
    text_release(&why);
    return object;
}

static json_t *json_findings(const struct result *result, const struct program *program)
{
    json_t *list = json_array();
    struct names *names = result->trace ? names_new(result->trace, program) : NULL;
    struct text story = {0};

    if (names && result->findings.count > 0)
        words_story(&story, result->trace, names, program, JSON_STORY_LINES);
    for (uint32_t i = 0; names && i < result->findings.count; i++)
        json_array_append_new(list, json_finding(result, program, names, &result->findings.at[i], &story));
    text_release(&story);
    names_free(names);
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
    json_object_set_new(object, "seed", json_integer((json_int_t)result->seed));
    json_object_set_new(object, "schedule",
                        result->schedule ? json_string(result->schedule) : json_null());
    json_object_set_new(object, "message",
                        result->message ? json_string(result->message) : json_null());
    if (result->compiler)
        json_object_set_new(object, "compiler", json_string(result->compiler));
    json_object_set_new(object, "findings", json_findings(result, program));
    dump = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);
    text_release(&strategy);
    json_decref(object);
    if (!dump)
        return false;
    text_add(out, dump);
    text_add_char(out, '\n');
    free(dump);
    return true;
}
