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
#include "conformance/faces.h"

#include "c/lost.h"
#include "c/symbol.h"
#include "check/check.h"
#include "explore/strategy.h"

#include <inttypes.h>

#define FOLDER "tests/memory"
#define C_PRELUDE "#include \"go.h\"\n#line 1\n"

enum {
    SAMPLES = 40,    /* runs of a strategy that samples */
    SPACE = 1500,    /* runs of one that enumerates */
    TICKS = 1000000,
    STEPS = 3000,
    WHY = 1024,
};

static struct strategy *round_robin(void) { return round_robin_new(); }
static struct strategy *sampled(void) { return random_new(1, SAMPLES); }
static struct strategy *pct(void) { return pct_new(1, SAMPLES, 3); }
static struct strategy *exhaustive(void) { return exhaustive_new(SPACE); }
static struct strategy *sleep_sets(void) { return sleep_new(SPACE); }
static struct strategy *dpor(void) { return dpor_new(SPACE); }

/* complete: it must find what only some schedules show. */
static const struct search {
    const char *name;
    struct strategy *(*make)(void);
    bool complete;
} ways[] = {
    {"round robin", round_robin, false}, {"random", sampled, true}, {"pct", pct, true},
    {"exhaustive", exhaustive, true},    {"sleep sets", sleep_sets, true}, {"dpor", dpor, true},
};

struct suite {
    struct cases cases;
    char folder[64]; /* for the C files */
    struct trace *trace;
    struct findings findings;
    struct watcher *race, *rest, *lost;
};

/* The program of a case on its face. */
struct subject {
    const struct conformance_case *one;
    struct c_face *face;
    const char *object;
    const char *fault; /* expected; NULL: none */
    bool may_end_well;
};

/* What a run showed. */
struct shown {
    char text[256]; /* "": nothing */
    uint32_t at, made, freed; /* pcs */
};

/* Whether the pc is unknown, or of a line that ends with the mark. */
static bool marked(const struct subject *subject, uint32_t pc, const char *mark)
{
    const char *text = subject->one->program[CASE_C], *end;
    uint32_t line = pc ? symbol_line(subject->object, pc) : 0;

    if (pc == 0)
        return true;
    while (line-- > 1) {
        text = strchr(text, '\n');
        if (!text)
            return false;
        text++;
    }
    end = strchr(text, '\n');
    return end && end - text >= 3 && memcmp(end - 3, mark, 3) == 0;
}

static void see(struct suite *suite, const struct subject *subject, struct shown *shown)
{
    const struct c_fault *fault = c_face_fault(subject->face);
    const struct finding *first = &suite->findings.at[0];
    uint32_t nunset;
    const struct c_unset *unset = c_face_unset(subject->face, &nunset);

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
static bool one_run(struct suite *suite, const struct subject *subject, struct run *run,
                    struct shown *shown, const char *way, char *why)
{
    enum run_end end;

    suite->findings.count = 0;
    run_clear(run);
    end = c_face_run(subject->face, run);
    findings_sort(&suite->findings);
    if (end == RUN_REDUNDANT)
        suite->findings.count = 0;
    see(suite, subject, shown);
    if (!*shown->text && end != RUN_DONE && end != RUN_REDUNDANT && end != RUN_EXIT)
        snprintf(why, WHY, "%s: the program ends badly (%d)", way, (int)end);
    else if (*shown->text && (!subject->fault || strcmp(shown->text, subject->fault) != 0))
        snprintf(why, WHY, "%s: '%s'", way, shown->text);
    else if (!marked(subject, shown->at, "//!"))
        snprintf(why, WHY, "%s: line %u is named", way, symbol_line(subject->object, shown->at));
    else if (!marked(subject, shown->made, "//+"))
        snprintf(why, WHY, "%s: allocated at %u", way, symbol_line(subject->object, shown->made));
    else if (!marked(subject, shown->freed, "//-") && !marked(subject, shown->freed, "//!"))
        snprintf(why, WHY, "%s: freed at %u", way, symbol_line(subject->object, shown->freed));
    else
        return true;
    return false;
}

/* Runs of one strategy until the fault shows. */
static bool search(struct suite *suite, const struct subject *subject, const struct search *way,
                   char *why)
{
    struct strategy *strategy = way->make();
    struct run run = {.trace = suite->trace, .explored = true, .watchers = suite->race};
    struct shown shown = {0};
    bool more = true, good = true;

    run.strategy = strategy;
    run.limits.ticks = TICKS;
    run.limits.steps = STEPS;
    if (!strategy || !run_init(&run))
        broken("out of memory");
    while (good && more && !*shown.text) {
        good = one_run(suite, subject, &run, &shown, way->name, why);
        more = strategy->end(strategy);
    }
    run_clear(&run);
    run_release(&run);
    strategy->free(strategy);
    if (good && subject->fault && !*shown.text && (way->complete || !subject->may_end_well)) {
        snprintf(why, WHY, "%s: it is missed", way->name);
        return false;
    }
    return good;
}

static bool judge(struct suite *suite, struct subject *subject, char *why)
{
    for (uint32_t i = 0; i < subject->one->nexpected; i++)
        if (strcmp(subject->one->expected[i], "no fault") == 0)
            subject->may_end_well = true;
        else
            subject->fault = subject->one->expected[i];
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (!search(suite, subject, &ways[i], why))
            return false;
    return true;
}

static void finish(struct suite *suite, struct pending *pending)
{
    char why[WHY] = "";
    struct subject subject = {.one = pending->one};
    struct compile_result compiled;

    if (!pending->one)
        return;
    subject.face = pending_finish(pending, &compiled, why, sizeof why);
    subject.object = compiled.object;
    if (subject.face && judge(suite, &subject, why))
        printf("ok %s\n", subject.one->name);
    else
        printf("FAIL %s: %s (%s:%u)\n", subject.one->name, why, subject.one->file,
               subject.one->line);
    fflush(stdout);
    if (subject.face)
        c_face_free(subject.face);
    compile_result_release(&compiled);
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
    return mkdtemp(suite->folder) != NULL;
}

int main(int argc, char **argv)
{
    struct suite suite = {.folder = "/tmp/braid-memory-XXXXXX"};
    struct pending now = {0}, next = {0};
    char error[WHY];

    if (!cases_read(&suite.cases, FOLDER, error, sizeof error)) {
        printf("FAIL %s\n", error);
        return 1;
    }
    if (!begin(&suite))
        broken("no memory, or no folder for C files");
    for (size_t i = 0; i < suite.cases.count; i++) {
        const struct conformance_case *one = &suite.cases.at[i];

        if (!case_wanted(one, argc, argv))
            continue;
        pending_start(&next, one, suite.folder, C_PRELUDE);
        finish(&suite, &now);
        now = next;
        next.one = NULL;
    }
    finish(&suite, &now);
    rmdir(suite.folder);
    race_free(suite.race);
    rest_free(suite.rest);
    lost_free(suite.lost);
    free(suite.trace);
    cases_release(&suite.cases);
    return 0;
}
