/* test_stuck_programs.c -- small programs in which somebody gets stuck while others go on, and
 * their twins in which nobody does, in Lua and C.
 *
 * The data files are lists of cases (conformance/cases.h).  What a case expects:
 *
 *     expect: right                     nobody is ever told to be stuck before main returned
 *     expect: stuck                     in every run somebody is
 *     expect: stuck in some schedules   in some runs: who sees all interleavings must find one
 *     expect: leak                      in every run somebody is left when main has returned: they
 *                                       may be told to be stuck before, or not
 *     expect: says TEXT                 words that are in the finding of the first such run
 *
 * The lines on which somebody may get stuck end with the mark --! or //!.  Each program is run
 * under every strategy, and looked at before each step.  Whoever was told to be stuck must not make a
 * step any more, whatever is expected.
 *
 * Arguments: words; only cases whose rule contains one of them are run.
 */
#include "conformance/faces.h"

#include "c/symbol.h"
#include "check/check.h"
#include "explore/strategy.h"
#include "grade/words.h"

#define FOLDER "tests/stuck"
#define C_PRELUDE "#include \"go.h\"\n#include <stdio.h>\n#include <stdlib.h>\n#line 1\n"

enum {
    SAMPLES = 20,    /* runs of a strategy that samples */
    SPACE = 300,     /* runs of one that enumerates */
    TICKS = 1000000,
    STEPS = 3000,
    WHY = 4096,
};

static struct strategy *round_robin(void) { return round_robin_new(); }
static struct strategy *sampled(void) { return random_new(1, SAMPLES); }
static struct strategy *pct(void) { return pct_new(1, SAMPLES, 3); }
static struct strategy *exhaustive(void) { return exhaustive_new(SAMPLES); }
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
    enum stuck_when when;
    struct watcher *rest, *stuck, *deadlock;
};

/* The program of a case on its face; exactly one of lua and c is given. */
struct subject {
    const struct conformance_case *one;
    enum case_language language;
    struct lua_face *lua;
    struct c_face *c;
    const char *object; /* of c */
};

static bool expects(const struct subject *subject, const char *what)
{
    return case_outcome(subject->one, what) >= 0;
}

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

static uint32_t line_of(const struct subject *subject, const struct event *event)
{
    return event->line || !subject->object ? event->line
                                           : symbol_line(subject->object, event->pc);
}

/* Whether everybody told to be stuck was so at a marked line, and made no step afterwards. */
static bool true_to_word(struct suite *suite, const struct subject *subject, const char *way,
                         char *why, const struct event **first)
{
    const struct trace *trace = suite->trace;

    *first = NULL;
    for (uint32_t i = 0; i < trace->count; i++) {
        const struct event *event = &trace->events[i];

        if (event->kind != EVENT_STUCK)
            continue;
        *first = *first ? *first : event;
        if (expects(subject, "right") || !marked(subject, line_of(subject, event))) {
            snprintf(why, WHY, "%s: a false alarm at line %u", way, line_of(subject, event));
            return false;
        }
        for (uint32_t k = i + 1; k < trace->count; k++)
            if ((trace->events[k].g == event->g && trace->events[k].kind != EVENT_STUCK) ||
                ((trace->events[k].kind == EVENT_SEND || trace->events[k].kind == EVENT_RECV) &&
                 trace->events[k].other == event->g)) {
                snprintf(why, WHY, "%s: goroutine %u goes on after all", way, event->g);
                return false;
            }
    }
    return true;
}

/* Whether main returned, and all who were left were so at a marked line. */
static bool left_behind(struct suite *suite, const struct subject *subject, const char *way,
                        char *why)
{
    for (uint32_t i = 0; i < suite->findings.count; i++) {
        const struct finding *finding = &suite->findings.at[i];
        uint32_t line = finding->at.line || !subject->object
                            ? finding->at.line : symbol_line(subject->object, finding->at.pc);

        if (finding->kind != FINDING_LEAK || !marked(subject, line)) {
            snprintf(why, WHY, "%s: another finding, of kind %u at line %u", way, finding->kind,
                     line);
            return false;
        }
    }
    if (suite->findings.count == 0)
        snprintf(why, WHY, "%s: nobody is left", way);
    return suite->findings.count > 0;
}

/* The case's program as a file's, for names are read off its lines. */
static struct program source_of(struct suite *suite, const struct subject *subject)
{
    struct program program;
    char path[128], error[WHY];
    FILE *file;

    snprintf(path, sizeof path, "%s/case.%s", suite->folder, subject->lua ? "lua" : "c");
    file = fopen(path, "w");
    if (!file || fputs(subject->one->program[subject->language], file) < 0 || fclose(file) != 0 ||
        !program_load(&program, path, error, sizeof error))
        broken("the folder for C files cannot be written");
    unlink(path);
    return program;
}

/* Whether the findings of who is stuck, g (0: anybody), have the words that are expected. */
static bool well_said(struct suite *suite, const struct subject *subject, uint32_t g, char *why)
{
    struct program program = source_of(suite, subject);
    struct text text = {0};
    struct names *names;
    bool good = true;

    if (subject->object)
        symbol_resolve(subject->object, suite->trace, &suite->findings);
    names = names_new(suite->trace, &program);
    for (uint32_t i = 0; i < suite->findings.count; i++) {
        const struct finding *finding = &suite->findings.at[i];

        if (g && finding->at.g != g)
            continue;
        words_finding_title(&text, suite->trace, names, finding);
        text_add(&text, ". ");
        words_finding_why(&text, suite->trace, names, &program, finding);
        text_add(&text, " ");
        if (g)
            break;
    }
    for (uint32_t i = 0; i < subject->one->nexpected && good; i++) {
        const char *says = subject->one->expected[i];

        if (strncmp(says, "says ", 5) == 0 && !strstr(text_string(&text), says + 5)) {
            snprintf(why, WHY, "'%s' is not in: %s", says + 5, text_string(&text));
            good = false;
        }
    }
    names_free(names);
    text_release(&text);
    program_release(&program);
    return good;
}

/* All runs of one strategy.  False: `why` says; *shown: some run showed it, *all: each did. */
static bool explore(struct suite *suite, const struct subject *subject, const struct search *way,
                    char *why, bool *shown, bool *all)
{
    struct strategy *strategy = way->make();
    struct run run = {.trace = suite->trace, .explored = true, .watchers = suite->rest};
    bool good = true, more = true;

    run.strategy = strategy;
    run.limits.ticks = TICKS;
    run.limits.steps = STEPS;
    if (!strategy || !run_init(&run))
        broken("out of memory");
    *shown = false;
    *all = true;
    while (more && good) {
        const struct event *first;
        enum run_end end;

        suite->findings.count = 0;
        run_clear(&run);
        end = subject->lua ? lua_face_run(subject->lua, &run) : c_face_run(subject->c, &run);
        more = strategy->end(strategy);
        good = true_to_word(suite, subject, way->name, why, &first);
        if (end != RUN_REDUNDANT)
            *all &= first != NULL;
        if (good && end != RUN_REDUNDANT && expects(subject, "leak")) {
            good = left_behind(suite, subject, way->name, why) &&
                   (*shown || well_said(suite, subject, 0, why));
            *shown = true;
        } else if (good && first && end != RUN_REDUNDANT && !*shown) {
            good = well_said(suite, subject, first->g, why);
        }
        *shown |= first != NULL;
        if (good && end != RUN_DONE && end != RUN_STUCK && end != RUN_REDUNDANT) {
            snprintf(why, WHY, "%s: the program ends badly (%d)", way->name, (int)end);
            good = false;
        }
    }
    run_clear(&run);
    run_release(&run);
    strategy->free(strategy);
    return good;
}

/* A sanitized engine keeps on the learner's stack, between what the sanitizer put there, pointers
 * that the scan of a C program takes for the learner's: then it may miss, but not be wrong. */
static bool must_see(const struct subject *subject)
{
#if defined __SANITIZE_ADDRESS__
    return subject->language != CASE_C;
#else
    (void)subject;
    return true;
#endif
}

static bool judge(struct suite *suite, const struct subject *subject, char *why)
{
    bool always = expects(subject, "stuck");
    bool sometimes = expects(subject, "stuck in some schedules");

    if (always + sometimes + expects(subject, "right") + expects(subject, "leak") != 1) {
        snprintf(why, WHY, "expects none of 'right', 'stuck', 'stuck in some schedules', 'leak'");
        return false;
    }
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        bool shown, all;

        if (!explore(suite, subject, &ways[i], why, &shown, &all))
            return false;
        if (must_see(subject) &&
            ((always && !all) || (sometimes && ways[i].complete && !shown))) {
            snprintf(why, WHY, "%s: it is missed", ways[i].name);
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

static bool watch(struct suite *suite)
{
    suite->when = STUCK_STOPS;
    suite->trace = trace_new(20000, 1 << 20);
    suite->rest = rest_new(&suite->findings);
    suite->stuck = stuck_new(&suite->findings, &suite->when);
    suite->deadlock = deadlock_new(&suite->findings);
    if (!suite->trace || !suite->rest || !suite->stuck || !suite->deadlock)
        return false;
    suite->rest->next = suite->stuck;
    suite->stuck->next = suite->deadlock;
    return true;
}

int main(int argc, char **argv)
{
    struct suite suite = {.folder = "/tmp/braid-stuck-XXXXXX"};
    struct pending now = {0}, next = {0};
    char error[WHY];

    if (!cases_read(&suite.cases, FOLDER, error, sizeof error)) {
        printf("FAIL %s\n", error);
        return 1;
    }
    if (!watch(&suite) || !mkdtemp(suite.folder))
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
    rest_free(suite.rest);
    stuck_free(suite.stuck);
    deadlock_free(suite.deadlock);
    free(suite.trace);
    cases_release(&suite.cases);
    return 0;
}
