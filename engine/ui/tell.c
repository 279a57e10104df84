/* tell.c -- see tell.h.  The words are grade/words; here is their order. */
#include "ui/tell.h"

#include "base/utf8.h"
#include "grade/report.h"
#include "grade/words.h"

#include <ctype.h>
#include <string.h>
#include <wchar.h>

enum {
    STORY_LINES = 40,
    HANG = 6, /* the width of a number in words_story */
    MARGIN = 4, /* what a code block may be set in by */
};

static const struct finding *first_finding(const struct judged *judged)
{
    return judged->result.findings.count > 0 ? &judged->result.findings.at[0] : NULL;
}

void tell_headline(const struct judged *judged, struct text *out, bool ascii)
{
    const struct result *result = &judged->result;
    const struct finding *finding = first_finding(judged);
    bool passed = result->verdict == VERDICT_PASSED;
    bool sought = result->reached > 0 && !finding; /* a run that was looked for among others */

    text_add(out, passed ? ascii ? "+ " : "✓ " : ascii ? "x " : "✗ ");
    if (passed && (sought || (result->runs == 1 && !result->complete))) {
        text_add(out, "no fault in this run");
    } else if (passed) {
        struct text strength = {0};
        report_strength(&strength, result);
        const char *details = strstr(text_string(&strength), ", ");
        text_add(out, "passed, ");
        text_add_n(out, text_string(&strength),
                   details ? (size_t)(details - strength.at) : strength.len);
        text_release(&strength);
    } else if (finding && result->trace && judged->names) {
        words_finding_title(out, result->trace, judged->names, finding);
    } else {
        text_add(out, verdict_word(result->verdict));
        if (result->message) {
            size_t len = strcspn(result->message, "\n");
            text_add(out, ": ");
            text_add_n(out, result->message, len);
        }
    }
}

void tell_escape(struct text *out, const char *plain)
{
    for (; *plain; plain++) {
        if (ispunct((unsigned char)*plain))
            text_add_char(out, '\\');
        text_add_char(out, *plain);
    }
}

static void add_escaped(struct text *out, struct text *plain)
{
    tell_escape(out, text_string(plain));
    text_clear(plain);
}

/* Bytes of the line at `plain` that fit into cols columns, cut at a blank where there is one. */
static size_t fitting(const char *plain, size_t len, int cols)
{
    const char *at = plain, *end = plain + len, *blank = NULL;
    int used = 0;

    while (at < end) {
        const char *start = at;
        int width = wcwidth((wchar_t)utf8_next(&at, end));
        used += width > 0 ? width : 0;
        if (used > cols)
            return (size_t)((blank ? blank : start > plain ? start : at) - plain);
        if (*start == ' ' && start > plain + HANG)
            blank = start;
    }
    return len;
}

/* A block shown as it is, whatever it holds: indented, since a fence could be closed by its text.
 * Long lines are wrapped, the rest hanging by HANG columns. */
static void add_block(struct text *out, const char *plain, int cols)
{
    cols = cols > 2 * HANG ? cols : 2 * HANG;
    text_add(out, "\n");
    while (*plain) {
        size_t len = strcspn(plain, "\n"), done = fitting(plain, len, cols);
        text_add(out, "    ");
        text_add_n(out, plain, done);
        text_add(out, "\n");
        while (done < len) {
            done += plain[done] == ' ';
            size_t more = fitting(plain + done, len - done, cols - HANG);
            text_addf(out, "    %*s%.*s\n", HANG, "", (int)more, plain + done);
            done += more;
        }
        plain += len;
        plain += *plain == '\n';
    }
    text_add(out, "\n");
}

static void add_replay(struct text *out, const struct judged *judged, const struct result *result,
                       int cols)
{
    struct text command = {0};

    if (!result->schedule)
        return;
    text_add(out, "The same in a shell:\n");
    text_addf(&command, "braid replay %s '%s'%s", judged->program.path, result->schedule,
              result->flags ? result->flags : "");
    add_block(out, text_string(&command), cols);
    text_release(&command);
}

/* What a race leads to, with the run that shows it. */
static void add_lead(struct text *out, const struct judged *judged, int cols)
{
    const struct result *lead = judged->result.leads_to;
    struct text part = {0};
    struct names *names;

    if (!lead)
        return;
    text_add(out, "### What the race leads to\n");
    report_lead_words(&part, lead, &judged->program);
    add_escaped(out, &part);
    text_add(out, "\n");
    names = lead->findings.count > 0 && lead->trace ? names_new(lead->trace, &judged->program) : NULL;
    if (names) {
        words_story(&part, lead->trace, names, &judged->program, STORY_LINES);
        add_block(out, text_string(&part), cols);
        add_replay(out, judged, lead, cols);
    }
    names_free(names);
    text_release(&part);
}

/* What a check caught. */
static void add_mutants(struct text *out, const struct result *result, int cols)
{
    struct text lines = {0};

    report_mutants(&lines, result, "");
    if (lines.len > 0)
        add_block(out, text_string(&lines), cols);
    text_release(&lines);
}

static void add_failure(struct text *out, const struct judged *judged, const char *where, int cols)
{
    const struct result *result = &judged->result;
    const struct finding *finding = first_finding(judged);
    struct text part = {0};

    if (finding && result->trace && judged->names) {
        words_finding_title(&part, result->trace, judged->names, finding);
        text_add(out, "**");
        add_escaped(out, &part);
        text_add(out, "**\n\n");
        words_finding_accesses(&part, result->trace, judged->names, &judged->program, finding);
        if (part.len > 0)
            add_block(out, text_string(&part), cols);
        text_clear(&part);
        words_finding_why(&part, result->trace, judged->names, &judged->program, finding);
        add_escaped(out, &part);
        text_add(out, "\n\n");
    } else {
        text_addf(out, "**%s**\n\n", verdict_word(result->verdict));
    }
    if (result->message)
        add_block(out, result->message, cols);
    add_mutants(out, result, cols);
    if (where) {
        text_add(out, "Explained in ");
        tell_escape(out, where);
        text_add(out, "\\.\n\n");
    }
    if (result->trace && judged->names && result->trace->steps > 0 && result->nmutants == 0) {
        text_add(out, "### The run that shows it \\(r replays it\\)\n");
        words_story(&part, result->trace, judged->names, &judged->program, STORY_LINES);
        add_block(out, text_string(&part), cols);
        text_clear(&part);
    }
    add_replay(out, judged, result, cols);
    add_lead(out, judged, cols);
    text_release(&part);
}

char *tell_markdown(const struct judged *judged, const char *where, int cols)
{
    struct text out = {0};

    if (judged->result.verdict == VERDICT_PASSED) {
        struct text strength = {0};
        report_strength(&strength, &judged->result);
        if (strength.len > 0)
            strength.at[0] = (char)toupper((unsigned char)strength.at[0]);
        add_escaped(&out, &strength);
        text_add(&out, "\\.\n");
        if (!judged->result.complete)
            text_add(&out, "Not every interleaving was tried: a rare fault may be left\\.\n");
        text_release(&strength);
        add_mutants(&out, &judged->result, cols - MARGIN);
    } else {
        add_failure(&out, judged, where, cols - MARGIN);
    }
    if (out.failed) {
        text_release(&out);
        return NULL;
    }
    return text_take(&out);
}

uint32_t tell_line(const struct judged *judged)
{
    const struct finding *finding = first_finding(judged);

    return finding && finding->at.file == 0 ? finding->at.line : 0;
}
