/* test_race_programs.c -- small programs that race, and their twins that do not, in Lua and C.
 *
 * The data files are lists of cases (conformance/cases.h).  What a case expects:
 *
 *     expect: race                     every run shows one
 *     expect: race in some schedules   some runs show one: who sees all interleavings must find it
 *     expect: no race                  no run may show one
 *
 * The lines that may be named by a race's report end with the mark --! or //!.  Each program is
 * run under every strategy.
 *
 * Arguments: words; only cases whose rule contains one of them are run.
 */
#include "conformance/faces.h"

#include "c/symbol.h"
#include "check/check.h"
#include "explore/strategy.h"

#define FOLDER "tests/race"
#define C_PRELUDE "#include \"go.h\"\n#line 1\n"

enum {
    SAMPLES = 20,    /* runs of a strategy that samples */
    SPACE = 1500,    /* runs of one that enumerates */
    BRUTE = 100,     /* runs of the one that enumerates without reduction */
    TICKS = 1000000,
    STEPS = 3000,
    WHY = 1024,
};

enum expected { NO_RACE, RACE, RACE_SOMETIMES, EXPECTED_COUNT };

static const char *const expected_name[EXPECTED_COUNT] = {"no race", "race",
                                                          "race in some schedules"};

static struct strategy *round_robin(void) { return round_robin_new(); }
static struct strategy *sampled(void) { return random_new(1, SAMPLES); }
static struct strategy *pct(void) { return pct_new(1, SAMPLES, 3); }
static struct strategy *exhaustive(void) { return exhaustive_new(BRUTE); }
static struct strategy *sleep_sets(void) { return sleep_new(SPACE); }
static struct strategy *dpor(void) { return dpor_new(SPACE); }

/* complete: it must find what only some schedules show. */
static const struct search {
    const char *name;
    struct strategy *(*make)(void);
    bool complete;
} ways[] = {
    {"round robin", round_robin, false}, {"random", sampled, false},
    {"pct", pct, false},                 {"exhaustive", exhaustive, false},
    {"sleep sets", sleep_sets, true},    {"dpor", dpor, true},
};

struct suite {
    struct cases cases;
    char folder[64]; /* for the C files */
    struct trace *trace;
    struct findings findings;
    struct watcher *race;
};

/* The program of a case on its face; exactly one of lua and c is given. */
struct subject {
    const struct conformance_case *one;
    enum case_language language;
    struct lua_face *lua;
    struct c_face *c;
    const char *object; /* of c */
};

/* Whether the line of the program ends with the mark. */
static bool marked(const struct subject *subject, uint32_t line)
{
    const char *text = subject->one->program[subject->language];
    const char *mark = subject->language == CASE_LUA ? "--!" : "//!", *end;

    while (line-- > 1) {
        text = strchr(text, '\n');
        if (!text)
            return false;
        text++;
    }
    end = strchr(text, '\n');
    return end && end - text >= 3 && memcmp(end - 3, mark, 3) == 0;
}

static uint32_t line_of(const struct subject *subject, const struct finding_place *place)
{
    return place->line || !subject->object ? place->line
                                           : symbol_line(subject->object, place->pc);
}

/* Whether the report names two lines that may be named; else says so in `why`. */
static bool well_told(const struct subject *subject, const struct finding *race, const char *way,
                      char *why)
{
    uint32_t at = line_of(subject, &race->at), other = line_of(subject, &race->other);

    if (marked(subject, at) && marked(subject, other))
        return true;
    snprintf(why, WHY, "%s: a race of lines %u and %u, which are not marked", way, other, at);
    return false;
}

/* Runs of one strategy until a race shows.  NULL: no run raced.  *end: of the last run. */
static const struct finding *race_under(struct suite *suite, const struct subject *subject,
                                        const struct search *way, enum run_end *end)
{
    struct strategy *strategy = way->make();
    struct run run = {.trace = suite->trace, .explored = true, .watchers = suite->race};
    const struct finding *race = NULL;
    bool more = true;

    run.strategy = strategy;
    run.limits.ticks = TICKS;
    run.limits.steps = STEPS;
    if (!strategy || !run_init(&run))
        broken("out of memory");
    *end = RUN_DONE;
    while (more && !race && (*end == RUN_DONE || *end == RUN_REDUNDANT)) {
        suite->findings.count = 0;
        run_clear(&run);
        *end = subject->lua ? lua_face_run(subject->lua, &run) : c_face_run(subject->c, &run);
        more = strategy->end(strategy);
        for (uint32_t i = 0; i < suite->findings.count && !race; i++)
            if (suite->findings.at[i].kind == FINDING_RACE)
                race = &suite->findings.at[i];
    }
    run_clear(&run);
    run_release(&run);
    strategy->free(strategy);
    return race;
}

static bool judge(struct suite *suite, const struct subject *subject, char *why)
{
    int expected = EXPECTED_COUNT;
    enum run_end end;

    for (int i = 0; i < EXPECTED_COUNT; i++)
        if (subject->one->nexpected == 1 &&
            strcmp(subject->one->expected[0], expected_name[i]) == 0)
            expected = i;
    if (expected == EXPECTED_COUNT) {
        snprintf(why, WHY, "expects neither 'race', 'race in some schedules' nor 'no race'");
        return false;
    }
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const struct finding *race = race_under(suite, subject, &ways[i], &end);

        if (!race && end != RUN_DONE && end != RUN_REDUNDANT) {
            snprintf(why, WHY, "%s: the program ends badly (%d)", ways[i].name, (int)end);
            return false;
        }
        if (race && expected == NO_RACE) {
            snprintf(why, WHY, "%s: a false alarm at lines %u and %u", ways[i].name,
                     line_of(subject, &race->other), line_of(subject, &race->at));
            return false;
        }
        if (race && !well_told(subject, race, ways[i].name, why))
            return false;
        if (!race && (expected == RACE || (expected == RACE_SOMETIMES && ways[i].complete))) {
            snprintf(why, WHY, "%s: the race is missed", ways[i].name);
            return false;
        }
    }
    return true;
}

static void run_lua(struct suite *suite, const struct conformance_case *one)
{
    char why[WHY] = "";
    struct subject subject = {.one = one, .language = CASE_LUA};
    bool good;

    subject.lua = case_lua(one, why, sizeof why);
    good = subject.lua && judge(suite, &subject, why);
    lua_face_free(subject.lua);
    case_report(one, subject.language, good, why);
}

static void finish_c(struct suite *suite, struct pending *pending)
{
    char why[WHY] = "";
    struct subject subject = {.one = pending->one, .language = CASE_C};
    struct compile_result compiled;
    bool good;

    if (!pending->one)
        return;
    subject.c = pending_finish(pending, &compiled, why, sizeof why);
    subject.object = compiled.object;
    good = subject.c && judge(suite, &subject, why);
    if (subject.c)
        c_face_free(subject.c);
    compile_result_release(&compiled);
    case_report(subject.one, subject.language, good, why);
}

int main(int argc, char **argv)
{
    struct suite suite = {.folder = "/tmp/braid-race-XXXXXX"};
    struct pending now = {0}, next = {0};
    char error[WHY];

    if (!cases_read(&suite.cases, FOLDER, error, sizeof error)) {
        printf("FAIL %s\n", error);
        return 1;
    }
    suite.trace = trace_new(20000, 1 << 20);
    suite.race = race_new(&suite.findings);
    if (!suite.trace || !suite.race || !mkdtemp(suite.folder))
        broken("no memory, or no folder for C files");
    for (size_t i = 0; i < suite.cases.count; i++) {
        const struct conformance_case *one = &suite.cases.at[i];

        if (!case_wanted(one, argc, argv))
            continue;
        if (one->program[CASE_C])
            pending_start(&next, one, suite.folder, C_PRELUDE);
        finish_c(&suite, &now);
        if (one->program[CASE_LUA])
            run_lua(&suite, one);
        now = next;
        next.one = NULL;
    }
    finish_c(&suite, &now);
    rmdir(suite.folder);
    race_free(suite.race);
    free(suite.trace);
    cases_release(&suite.cases);
    return 0;
}
