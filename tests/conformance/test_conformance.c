/* test_conformance.c -- Go's semantics point by point: every case of the data files, in Lua and C.
 *
 * All interleavings of a program are made (sleep sets); together they must show exactly the
 * outcomes its case states.  What a case is, and how an outcome is written, is in cases.h.
 * Cases in known.txt ("rule (lua): why") must fail: they are faults that are known.
 *
 * Arguments: words; only cases whose rule contains one of them are run.
 */
#include "conformance/faces.h"

#include "base/text.h"
#include "check/check.h"
#include "explore/strategy.h"

#define FOLDER "tests/conformance"
#define C_PRELUDE "#include \"go.h\"\n#define BOOL(b) ((b) ? \"true\" : \"false\")\n#line 1\n"

enum {
    RUNS_MAX = 30000,
    TICKS_LIMIT = 10 * 1000 * 1000,
    STEPS_LIMIT = 5000,
    WHY = 1024,
};

struct suite {
    struct cases cases;
    char *known;        /* text of known.txt */
    char folder[64];    /* for the C files */
    struct trace *trace;
    struct findings findings;
    struct watcher *race;
};

/* --- the outcome of a run ------------------------------------------------ */

static const char *const endings[] = {
    [RUN_DEADLOCK] = "fatal error: all goroutines are asleep - deadlock!",
    [RUN_LIVELOCK] = "livelock",
    [RUN_STEPS] = "over limit: steps",
    [RUN_TICKS] = "over limit: ticks",
    [RUN_MEMORY] = "over limit: memory",
    [RUN_OUTPUT] = "over limit: output",
    [RUN_STACK] = "stack overflow",
    [RUN_WILD] = "wild access",
    [RUN_UNDEFINED] = "undefined behaviour",
    [RUN_DIVERGED] = "diverged",
    [RUN_LOAD] = "does not load",
};

/* Adds a line of the outcome; a tab, Lua's between values, counts as a blank. */
static void add_line(struct text *out, const char *line, size_t len)
{
    if (out->len > 0)
        text_add(out, " / ");
    for (size_t i = 0; i < len; i++)
        text_add_char(out, line[i] == '\t' ? ' ' : line[i]);
}

static void add_lines(struct text *out, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");

        add_line(out, text, len);
        text += len + (text[len] == '\n');
    }
}

/* What the world sees of the run; on the heap. */
static char *outcome_of(const struct suite *suite, const struct run *run, enum run_end end)
{
    struct text printed = {0}, out = {0};
    const char *last = NULL;
    char line[64];

    for (uint32_t i = 0; i < suite->trace->count; i++) {
        const struct event *event = &suite->trace->events[i];

        if (event->flags & EVENT_AFTERMATH)
            continue;
        if (event->kind == EVENT_PRINT)
            text_add(&printed, trace_text(suite->trace, event->text));
        else if (event->kind == EVENT_PANIC || event->kind == EVENT_CHECK)
            last = trace_text(suite->trace, event->text);
    }
    add_lines(&out, text_string(&printed));
    text_release(&printed);
    for (uint32_t i = 0; i < suite->findings.count; i++)
        if (suite->findings.at[i].kind == FINDING_RACE) {
            text_clear(&out);
            text_add(&out, "race");
            return text_take(&out);
        }
    if (end == RUN_PANIC && last) {
        bool fatal = strncmp(last, "fatal error: ", 13) == 0;

        add_line(&out, fatal ? "" : "panic: ", fatal ? 0 : 7);
        for (; *last; last++) /* a panic that followed is a line, indented */
            if (*last == '\n')
                text_add(&out, " / ");
            else if (*last != '\t')
                text_add_char(&out, *last);
    } else if (end == RUN_DEADLOCK && run->nlive == 0) {
        last = "fatal error: no goroutines (main called runtime.Goexit) - deadlock!";
        add_line(&out, last, strlen(last));
    } else if (end == RUN_CHECK && last) {
        add_line(&out, last, strlen(last));
    } else if ((end == RUN_EXIT || end == RUN_DONE) && run->exit_code != 0) {
        snprintf(line, sizeof line, "exit %d", (int)run->exit_code);
        add_line(&out, line, strlen(line));
    } else if ((size_t)end < sizeof endings / sizeof *endings && endings[end]) {
        add_line(&out, endings[end], strlen(endings[end]));
    }
    return text_take(&out);
}

/* --- all interleavings of a program -------------------------------------- */

/* Exactly one of lua and c is given.  True: the outcomes are those expected; else why. */
static bool explore(struct suite *suite, const struct conformance_case *one, struct lua_face *lua,
                    struct c_face *c, char *why)
{
    struct strategy *strategy = sleep_new(RUNS_MAX);
    struct run run = {.trace = suite->trace, .explored = true, .ordered_output = true};
    bool seen[CASE_OUTCOMES_MAX] = {false}, more = true, good = true;

    run.watchers = suite->race;
    run.strategy = strategy;
    run.limits.ticks = TICKS_LIMIT;
    run.limits.steps = STEPS_LIMIT;
    if (!strategy || !run_init(&run))
        broken("out of memory");
    while (more && good) {
        enum run_end end;
        char *outcome;
        int at;

        suite->findings.count = 0;
        run_clear(&run);
        end = lua ? lua_face_run(lua, &run) : c_face_run(c, &run);
        more = strategy->end(strategy);
        if (end == RUN_REDUNDANT)
            continue;
        outcome = outcome_of(suite, &run, end);
        if (!outcome)
            broken("out of memory");
        at = case_outcome(one, outcome);
        if (at >= 0) {
            seen[at] = true;
        } else {
            snprintf(why, WHY, "an outcome that may not be: '%s'", outcome);
            good = false;
        }
        free(outcome);
    }
    if (good && !sleep_done(strategy)) {
        snprintf(why, WHY, "more than %d interleavings", RUNS_MAX);
        good = false;
    }
    for (uint32_t i = 0; good && i < one->nexpected; i++)
        if (!seen[i]) {
            snprintf(why, WHY, "no interleaving shows '%s'", one->expected[i]);
            good = false;
        }
    run_clear(&run);
    run_release(&run);
    strategy->free(strategy);
    return good;
}

static void report(const struct suite *suite, const struct conformance_case *one,
                   enum case_language language, bool good, const char *why)
{
    char name[256], line[300];
    bool known;

    snprintf(name, sizeof name, "%s (%s)", one->name, case_language_name[language]);
    snprintf(line, sizeof line, "\n%s: ", name);
    known = suite->known && strstr(suite->known, line);
    if (good && known)
        printf("FAIL %s: it holds: take it out of known.txt\n", name);
    else if (good)
        printf("ok %s\n", name);
    else if (known)
        printf("known %s: %s\n", name, why);
    else
        printf("FAIL %s: %s (%s:%u)\n", name, why, one->file, one->line);
    fflush(stdout);
}

/* --- the two faces ------------------------------------------------------- */

static void run_lua(struct suite *suite, const struct conformance_case *one)
{
    char why[WHY] = "";
    struct lua_face *face = case_lua(one, why, sizeof why);
    bool good = face && explore(suite, one, face, NULL, why);

    lua_face_free(face);
    report(suite, one, CASE_LUA, good, why);
}

static void finish_c(struct suite *suite, struct pending *pending)
{
    const struct conformance_case *one = pending->one;
    struct compile_result compiled;
    struct c_face *face;
    char why[WHY] = "";
    bool good;

    if (!one)
        return;
    face = pending_finish(pending, &compiled, why, sizeof why);
    good = face && explore(suite, one, NULL, face, why);
    if (face)
        c_face_free(face);
    compile_result_release(&compiled);
    report(suite, one, CASE_C, good, why);
}

/* --- the whole ----------------------------------------------------------- */

int main(int argc, char **argv)
{
    struct suite suite = {.folder = "/tmp/braid-conformance-XXXXXX"};
    struct pending now = {0}, next = {0};
    char error[WHY];

    if (!cases_read(&suite.cases, FOLDER, error, sizeof error)) {
        printf("FAIL %s\n", error);
        return 1;
    }
    suite.known = cases_file(FOLDER "/known.txt");
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
    free(suite.known);
    cases_release(&suite.cases);
    return 0;
}
