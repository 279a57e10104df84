/* report_can.c -- the answer to 'can it?' as text and as JSON. */
#include "grade/report.h"

#include "grade/names.h"
#include "grade/words.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

enum { STORY_LINES = 60 };

void report_wish(struct text *out, const struct wish *wish)
{
    static const char *const faults[] = {
        [FINDING_RACE] = "has a race",         [FINDING_PANIC] = "panics",
        [FINDING_DEADLOCK] = "deadlocks",      [FINDING_LEAK] = "leaks a goroutine",
        [FINDING_LIVELOCK] = "gets nowhere, in a livelock",
    };
    const char *output = wish->output ? wish->output : wish->part;

    if (output)
        text_addf(out, "prints '%s'", output);
    if (output && wish->mark)
        text_add(out, " and ");
    if (wish->mark)
        text_addf(out, "passes the marker '%s'", wish->mark);
    if ((output || wish->mark) && wish->fault)
        text_add(out, " and ");
    if (wish->fault && wish->fault < sizeof faults / sizeof *faults && faults[wish->fault])
        text_add(out, faults[wish->fault]);
    if (wish->clean)
        text_add(out, "ends without a fault");
}

void report_share(struct text *out, const struct result *result)
{
    if (result->complete && result->interleavings == 1) {
        text_add(out, result->reached ? "the only interleaving there is"
                                      : "none: there is only one interleaving");
        return;
    }
    if (result->reached)
        report_count(out, result->reached);
    else
        text_add(out, "none");
    text_add(out, result->complete ? " of all " : " of ");
    report_count(out, result->complete ? result->interleavings : result->runs);
    text_addf(out, " %s%s", result->complete ? "interleaving" : "run",
              (result->complete ? result->interleavings : result->runs) == 1 ? "" : "s");
}

static void add_story(struct text *out, const struct result *result, const struct program *program)
{
    struct names *names = names_new(result->trace, program);

    if (!names)
        return;
    text_add(out, "\nHow it comes about:\n");
    words_story(out, result->trace, names, program, STORY_LINES);
    names_free(names);
}

void report_can_text(struct text *out, const struct result *result, const struct program *program,
                     const struct wish *wish, const struct report_options *options)
{
    bool yes = result->reached > 0;

    if (options->colour)
        text_addf(out, "\033[1;%dm%s\033[0m", yes ? 32 : 31, yes ? "yes" : "no");
    else
        text_add(out, yes ? "yes" : "no");
    text_addf(out, ": %s ", program->path);
    report_wish(out, wish);
    text_add(out, " in ");
    report_share(out, result);
    text_add_char(out, '\n');
    if (!yes && !result->complete) {
        text_add(out, "  not every interleaving was tried: ");
        report_strength(out, result);
        text_add_char(out, '\n');
    }
    if (result->message)
        text_addf(out, "  %s\n", result->message);
    if (yes && options->story && result->trace)
        add_story(out, result, program);
    if (yes)
        report_replay(out, result, program);
}

bool report_can_json(struct text *out, const struct result *result, const struct program *program,
                     const struct wish *wish)
{
    struct text strength = {0};
    json_t *object;
    char *dump;

    report_strength(&strength, result);
    object = json_pack("{s:s, s:s, s:s?, s:s?, s:I, s:I, s:b, s:s, s:I, s:s?, s:s?}",
                       "answer", result->reached ? "yes" : "no", "file", program->path,
                       "output", wish->output, "mark", wish->mark,
                       "reached", (json_int_t)result->reached,
                       "of", (json_int_t)(result->complete ? result->interleavings : result->runs),
                       "complete", result->complete,
                       "strength", result->complete ? "verified" : text_string(&strength),
                       "runs", (json_int_t)result->runs, "schedule", result->schedule,
                       "message", result->message);
    dump = object ? json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    text_release(&strength);
    json_decref(object);
    if (!dump)
        return false;
    text_add(out, dump);
    text_add_char(out, '\n');
    free(dump);
    return true;
}
