/* report_lead.c -- what a race leads to, as text and as JSON. */
#include "grade/report.h"

#include "grade/names.h"
#include "grade/words.h"

#include <jansson.h>
#include <string.h>

enum { STORY_LINES = 40 };

/* The sentence of a finding without the word of its verdict, which `lead` begins with. */
static void add_title(struct text *out, const struct result *lead, const struct program *program)
{
    struct names *names = names_new(lead->trace, program);
    struct text title = {0};
    const char *word = verdict_word(lead->verdict), *rest;

    if (!names)
        return;
    words_finding_title(&title, lead->trace, names, &lead->findings.at[0]);
    rest = text_string(&title);
    if (strncmp(rest, word, strlen(word)) == 0 && rest[strlen(word)] == ':' &&
        lead->verdict == VERDICT_WRONG_ANSWER)
        rest += strlen(word) + 2;
    text_add(out, rest);
    text_release(&title);
    names_free(names);
}

static bool is_found(const struct result *lead)
{
    return lead->findings.count > 0 && lead->trace;
}

void report_lead_words(struct text *out, const struct result *lead, const struct program *program)
{
    if (is_found(lead)) {
        add_title(out, lead, program);
        return;
    }
    if (lead->verdict != VERDICT_PASSED) {
        text_add(out, "stopped before that was known");
        return;
    }
    text_add(out, "no interleaving of the accesses gives another output");
}

static void add_story(struct text *out, const struct result *lead, const struct program *program)
{
    struct names *names = names_new(lead->trace, program);

    if (!names)
        return;
    words_story(out, lead->trace, names, program, STORY_LINES);
    names_free(names);
}

void report_lead(struct text *out, const struct result *result, const struct program *program,
                 const struct report_options *options)
{
    const struct result *lead = result->leads_to;

    if (!lead)
        return;
    text_addf(out, "\n%s: ", is_found(lead) && !lead->accesses ? "Depending on who comes first"
                                                               : "What it leads to");
    report_lead_words(out, lead, program);
    text_add_char(out, '\n');
    if (is_found(lead)) {
        if (options->story)
            add_story(out, lead, program);
        report_replay(out, lead, program);
    } else if (lead->verdict == VERDICT_PASSED || lead->verdict == VERDICT_INCOMPLETE) {
        text_add(out, "  ");
        report_strength(out, lead);
        text_add_char(out, '\n');
    }
}

static json_t *json_words(const struct text *text)
{
    json_t *value = json_stringn(text_string(text), text->len);

    return value ? value : json_string("(not UTF-8)");
}

struct json_t *report_lead_json(const struct result *result, const struct program *program)
{
    const struct result *lead = result->leads_to;
    struct text words = {0}, story = {0}, strength = {0};
    json_t *object = json_object();

    report_lead_words(&words, lead, program);
    report_strength(&strength, lead);
    json_object_set_new(object, "verdict", json_string(verdict_word(lead->verdict)));
    json_object_set_new(object, "message", json_words(&words));
    json_object_set_new(object, "accesses", json_boolean(lead->accesses));
    json_object_set_new(object, "strength", json_words(&strength));
    json_object_set_new(object, "complete", json_boolean(lead->complete));
    json_object_set_new(object, "runs", json_integer((json_int_t)lead->runs));
    if (is_found(lead))
        add_story(&story, lead, program);
    json_object_set_new(object, "schedule",
                        lead->schedule ? json_string(lead->schedule) : json_null());
    json_object_set_new(object, "story", json_words(&story));
    text_release(&words);
    text_release(&story);
    text_release(&strength);
    return object;
}
