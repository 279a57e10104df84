/* report.c -- a result as text for people. */
#include "grade/report.h"

#include "grade/busy.h"
#include "grade/names.h"
#include "grade/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STORY_LINES = 60 };

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
        if (result->interleavings == 1) {
            text_add(out, "verified: the only interleaving explored");
            return;
        }
        text_add(out, "verified: all ");
        report_count(out, result->interleavings);
        text_add(out, " interleavings explored");
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
