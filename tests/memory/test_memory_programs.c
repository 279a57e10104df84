/* test_memory_programs.c -- small C programs that misuse memory or do what C leaves undefined, and
 * their twins that do not.
 *
 * The data files are lists of cases (conformance/cases.h).  What a case expects:
 *
 *     expect: no fault                  no run may show anything
 *     expect: use after free: reads ... every run shows this, in these words (c_fault_text; of
 *                                       blocks never freed: "leak: 2 blocks, 8 bytes"; of memory
 *                                       that nobody wrote: "advice: reads 4 bytes")
 *     both                              some runs show it: who sees all interleavings must find it
 *
 * The line at fault ends with the mark //!, that where the block concerned was allocated with //+,
 * and that where it was freed, if that is another, with //-.  Each program is run under every strategy.
 *
 * Arguments: words; only cases whose rule contains one of them are run.
 */
#include "conformance/walk.h"

#include "c/lost.h"
#include "check/check.h"

#include <inttypes.h>

static const struct search_runs runs = {.samples = 40, .brute = 1500, .space = 1500};

struct suite {
    struct trace *trace;
    struct findings findings;
    struct watcher *race, *rest, *lost;
    const char *fault; /* of the case: what is expected; NULL: none */
    bool may_end_well;
};

/* What a run showed. */
struct shown {
    char text[256]; /* "": nothing */
    uint32_t at, made, freed; /* pcs */
};

/* Whether the pc is unknown, or of a line that ends with the mark. */
static bool marked(const struct subject *subject, uint32_t pc, char mark)
{
    return pc == 0 || subject_marked(subject, symbol_line(subject->object, pc), mark);
}

static void see(struct suite *suite, const struct subject *subject, struct shown *shown)
{
    const struct c_fault *fault = c_face_fault(subject->c);
    const struct finding *first = &suite->findings.at[0];
    uint32_t nunset;
    const struct c_unset *unset = c_face_unset(subject->c, &nunset);

    *shown = (struct shown){0};
    if (fault->kind != C_FAULT_NONE) {
        c_fault_text(fault, shown->text, sizeof shown->text);
        shown->at = fault->pc;
        shown->made = fault->made_pc;
        shown->freed = fault->freed_pc;
    } else if (suite->findings.count > 0 && first->kind == FINDING_LOST) {
        snprintf(shown->text, sizeof shown->text, "leak: %" PRId64 " block%s, %" PRIu64 " bytes",
                 first->value, first->value == 1 ? "" : "s", first->size);
        shown->at = first->at.pc;
    } else if (suite->findings.count > 0) {
        snprintf(shown->text, sizeof shown->text, "another finding, of kind %u", first->kind);
    } else if (nunset > 0) {
        snprintf(shown->text, sizeof shown->text, "advice: reads %u bytes", unset->size);
        shown->at = unset->pc;
        shown->made = unset->made_pc;
    }
}

/* One run; whether what it showed was to be expected, else says so in `why`. */
static bool one_run(struct suite *suite, const struct subject *subject, struct searching *s,
                    struct shown *shown, const char *way, char *why)
{
    enum run_end end = searching_run(s, subject, &suite->findings);

    findings_sort(&suite->findings);
    if (end == RUN_REDUNDANT)
        suite->findings.count = 0;
    see(suite, subject, shown);
    if (!*shown->text && end != RUN_DONE && end != RUN_REDUNDANT && end != RUN_EXIT)
        snprintf(why, WHY, "%s: the program ends badly (%d)", way, (int)end);
    else if (*shown->text && (!suite->fault || strcmp(shown->text, suite->fault) != 0))
        snprintf(why, WHY, "%s: '%s'", way, shown->text);
    else if (!marked(subject, shown->at, '!'))
        snprintf(why, WHY, "%s: line %u is named", way, symbol_line(subject->object, shown->at));
    else if (!marked(subject, shown->made, '+'))
        snprintf(why, WHY, "%s: allocated at %u", way, symbol_line(subject->object, shown->made));
    else if (!marked(subject, shown->freed, '-') && !marked(subject, shown->freed, '!'))
        snprintf(why, WHY, "%s: freed at %u", way, symbol_line(subject->object, shown->freed));
    else
        return true;
    return false;
}

/* Runs of one strategy until the fault shows; all but round robin must find it. */
static bool search(struct suite *suite, const struct subject *subject, int i, char *why)
{
    const struct search *way = &searches[i];
    struct shown shown = {0};
    struct searching s;
    bool good = true;

    searching_begin(&s, i, runs, suite->trace, suite->race);
    while (good && s.more && !*shown.text)
        good = one_run(suite, subject, &s, &shown, way->name, why);
    searching_end(&s);
    if (good && suite->fault && !*shown.text && (!way->one || !suite->may_end_well)) {
        snprintf(why, WHY, "%s: it is missed", way->name);
        return false;
    }
    return good;
}

static bool judge(void *self, const struct subject *subject, char *why)
{
    struct suite *suite = self;

    suite->fault = NULL;
    suite->may_end_well = false;
    for (uint32_t i = 0; i < subject->one->nexpected; i++)
        if (strcmp(subject->one->expected[i], "no fault") == 0)
            suite->may_end_well = true;
        else
            suite->fault = subject->one->expected[i];
    for (int i = 0; i < SEARCHES; i++)
        if (!search(suite, subject, i, why))
            return false;
    return true;
}

static bool begin(struct suite *suite)
{
    suite->trace = trace_new(20000, 1 << 20);
    suite->race = race_new(&suite->findings);
    suite->rest = rest_new(&suite->findings);
    suite->lost = lost_new(&suite->findings);
    if (!suite->trace || !suite->race || !suite->rest || !suite->lost)
        return false;
    suite->race->next = suite->rest;
    suite->rest->next = suite->lost;
    return true;
}

int main(int argc, char **argv)
{
    struct suite suite = {0};
    struct walk walk = {.folder = "tests/memory", .prelude = "#include \"go.h\"\n#line 1\n",
                        .suite = &suite, .judge = judge};
    int status;

    if (!begin(&suite))
        broken("out of memory");
    status = walk_all(&walk, argc, argv);
    race_free(suite.race);
    rest_free(suite.rest);
    lost_free(suite.lost);
    free(suite.trace);
    return status;
}
