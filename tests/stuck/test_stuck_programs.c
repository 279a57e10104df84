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
#include "conformance/walk.h"

#include "check/check.h"
#include "grade/words.h"

static const struct search_runs runs = {.samples = 20, .brute = 20, .space = 300};

struct suite {
    const struct walk *walk;
    struct trace *trace;
    struct findings findings;
    enum stuck_when when;
    struct watcher *rest, *stuck, *deadlock;
};

static bool expects(const struct subject *subject, const char *what)
{
    return case_outcome(subject->one, what) >= 0;
}

static bool marked(const struct subject *subject, uint32_t line)
{
    return subject_marked(subject, line, '!');
}

static uint32_t line_of(const struct subject *subject, const struct event *event)
{
    return subject_line(subject, event->line, event->pc);
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
        uint32_t line = subject_line(subject, finding->at.line, finding->at.pc);

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

    snprintf(path, sizeof path, "%s/case.%s", suite->walk->scratch, subject->lua ? "lua" : "c");
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

/* Who is missed may go on until the budget ends. */
static bool ends_well(const struct subject *subject, enum run_end end)
{
    return end == RUN_DONE || end == RUN_STUCK || (end == RUN_STEPS && !must_see(subject));
}

/* All runs of one strategy.  False: `why` says; *shown: some run showed it, *all: each did. */
static bool explore(struct suite *suite, const struct subject *subject, int i, char *why, bool *shown,
                    bool *all)
{
    const char *way = searches[i].name;
    struct searching s;
    bool good = true;

    searching_begin(&s, i, runs, suite->trace, suite->rest);
    *shown = false;
    *all = true;
    while (s.more && good) {
        const struct event *first;
        enum run_end end = searching_run(&s, subject, &suite->findings);

        good = true_to_word(suite, subject, way, why, &first);
        if (end == RUN_REDUNDANT)
            continue;
        *all &= first != NULL;
        if (good && expects(subject, "leak")) {
            good = left_behind(suite, subject, way, why) &&
                   (*shown || well_said(suite, subject, 0, why));
            *shown = true;
        } else if (good && first && !*shown) {
            good = well_said(suite, subject, first->g, why);
        }
        *shown |= first != NULL;
        if (good && !ends_well(subject, end)) {
            snprintf(why, WHY, "%s: the program ends badly (%d)", way, (int)end);
            good = false;
        }
    }
    searching_end(&s);
    return good;
}

static bool judge(void *self, const struct subject *subject, char *why)
{
    struct suite *suite = self;
    bool always = expects(subject, "stuck");
    bool sometimes = expects(subject, "stuck in some schedules");

    if (always + sometimes + expects(subject, "right") + expects(subject, "leak") != 1) {
        snprintf(why, WHY, "expects none of 'right', 'stuck', 'stuck in some schedules', 'leak'");
        return false;
    }
    for (int i = 0; i < SEARCHES; i++) {
        bool shown, all;

        if (!explore(suite, subject, i, why, &shown, &all))
            return false;
        if (must_see(subject) &&
            ((always && !all) || (sometimes && searches[i].reduces && !shown))) {
            snprintf(why, WHY, "%s: it is missed", searches[i].name);
            return false;
        }
    }
    return true;
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
    struct suite suite = {0};
    struct walk walk = {.folder = "tests/stuck", .suite = &suite, .judge = judge,
                        .prelude = "#include \"go.h\"\n#include <stdio.h>\n"
                                   "#include <stdlib.h>\n#line 1\n"};
    int status;

    suite.walk = &walk;
    if (!watch(&suite))
        broken("out of memory");
    status = walk_all(&walk, argc, argv);
    rest_free(suite.rest);
    stuck_free(suite.stuck);
    deadlock_free(suite.deadlock);
    free(suite.trace);
    return status;
}
