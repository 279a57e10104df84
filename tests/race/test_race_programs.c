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
#include "conformance/walk.h"

#include "check/check.h"

static const struct search_runs runs = {.samples = 20, .brute = 100, .space = 1500};

enum expected { NO_RACE, RACE, RACE_SOMETIMES, EXPECTED_COUNT };

static const char *const expected_name[EXPECTED_COUNT] = {"no race", "race",
                                                          "race in some schedules"};

struct suite {
    struct trace *trace;
    struct findings findings;
    struct watcher *race;
};

static uint32_t line_of(const struct subject *subject, const struct finding_place *place)
{
    return subject_line(subject, place->line, place->pc);
}

/* Whether the report names two lines that may be named; else says so in `why`. */
static bool well_told(const struct subject *subject, const struct finding *race, const char *way,
                      char *why)
{
    uint32_t at = line_of(subject, &race->at), other = line_of(subject, &race->other);

    if (subject_marked(subject, at, '!') && subject_marked(subject, other, '!'))
        return true;
    snprintf(why, WHY, "%s: a race of lines %u and %u, which are not marked", way, other, at);
    return false;
}

/* Runs of one strategy until a race shows.  NULL: no run raced.  *end: of the last run. */
static const struct finding *race_under(struct suite *suite, const struct subject *subject, int way,
                                        enum run_end *end)
{
    const struct finding *race = NULL;
    struct searching s;

    searching_begin(&s, way, runs, suite->trace, suite->race);
    *end = RUN_DONE;
    while (s.more && !race && (*end == RUN_DONE || *end == RUN_REDUNDANT)) {
        *end = searching_run(&s, subject, &suite->findings);
        for (uint32_t i = 0; i < suite->findings.count && !race; i++)
            if (suite->findings.at[i].kind == FINDING_RACE)
                race = &suite->findings.at[i];
    }
    searching_end(&s);
    return race;
}

static bool judge(void *self, const struct subject *subject, char *why)
{
    struct suite *suite = self;
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
    for (int i = 0; i < SEARCHES; i++) {
        const struct finding *race = race_under(suite, subject, i, &end);

        if (!race && end != RUN_DONE && end != RUN_REDUNDANT) {
            snprintf(why, WHY, "%s: the program ends badly (%d)", searches[i].name, (int)end);
            return false;
        }
        if (race && expected == NO_RACE) {
            snprintf(why, WHY, "%s: a false alarm at lines %u and %u", searches[i].name,
                     line_of(subject, &race->other), line_of(subject, &race->at));
            return false;
        }
        if (race && !well_told(subject, race, searches[i].name, why))
            return false;
        if (!race && (expected == RACE || (expected == RACE_SOMETIMES && searches[i].reduces))) {
            snprintf(why, WHY, "%s: the race is missed", searches[i].name);
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    struct suite suite = {.trace = trace_new(20000, 1 << 20)};
    struct walk walk = {.folder = "tests/race", .prelude = "#include \"go.h\"\n#line 1\n",
                        .suite = &suite, .judge = judge};
    int status;

    suite.race = race_new(&suite.findings);
    if (!suite.trace || !suite.race)
        broken("out of memory");
    status = walk_all(&walk, argc, argv);
    race_free(suite.race);
    free(suite.trace);
    return status;
}
