/* walk.h -- what the suites of small programs share: each case on each of its faces, each program
 * under every strategy.
 *
 * A suite says what it thinks of a subject, by its own runs: for each of `searches` it begins to
 * search, makes runs as long as it likes and there are more, and ends.
 */
#ifndef BRAID_TEST_WALK_H
#define BRAID_TEST_WALK_H

#include "conformance/faces.h"

#include "c/symbol.h"
#include "check/finding.h"
#include "explore/strategy.h"

enum { WHY = 4096 }; /* bytes for what is wrong */

/* The program of a case on its face; exactly one of lua and c is given. */
struct subject {
    const struct conformance_case *one;
    enum case_language language;
    struct lua_face *lua;
    struct c_face *c;
    const char *object; /* of c */
};

/* Whether a line of the program ends with the mark, behind what begins a comment: --! or //!. */
static inline bool subject_marked(const struct subject *subject, uint32_t line, char mark)
{
    const char *text = subject->one->program[subject->language], *end;
    const char *comment = subject->language == CASE_LUA ? "--" : "//";

    while (line-- > 1) {
        text = strchr(text, '\n');
        if (!text)
            return false;
        text++;
    }
    end = strchr(text, '\n');
    return end && end - text >= 3 && memcmp(end - 3, comment, 2) == 0 && end[-1] == mark;
}

/* The line of an event or a finding's place, by its pc where that is all there is. */
static inline uint32_t subject_line(const struct subject *subject, uint32_t line, uint32_t pc)
{
    return line || !subject->object ? line : symbol_line(subject->object, pc);
}

/* --- under every strategy ------------------------------------------------- */

/* How many runs: of a strategy that samples, of the one that enumerates all, of those that do with
 * fewer. */
struct search_runs {
    uint32_t samples, brute, space;
};

/* reduces: it sees all there is, and finds what only some schedules show. */
static const struct search {
    const char *name;
    bool one, reduces;
} searches[] = {
    {"round robin", true, false}, {"random", false, false},    {"pct", false, false},
    {"exhaustive", false, false}, {"sleep sets", false, true}, {"dpor", false, true},
};

enum { SEARCHES = sizeof searches / sizeof *searches };

struct searching {
    struct run run;
    bool more; /* runs to be made */
};

static inline struct strategy *search_strategy(int i, struct search_runs runs)
{
    switch (i) {
    case 0: return round_robin_new();
    case 1: return random_new(1, runs.samples);
    case 2: return pct_new(1, runs.samples, 3);
    case 3: return exhaustive_new(runs.brute);
    case 4: return sleep_new(runs.space);
    default: return dpor_new(runs.space);
    }
}

static inline void searching_begin(struct searching *s, int i, struct search_runs runs,
                                   struct trace *trace, struct watcher *watchers)
{
    *s = (struct searching){.run = {.trace = trace, .explored = true, .watchers = watchers},
                            .more = true};
    s->run.strategy = search_strategy(i, runs);
    s->run.limits.ticks = 1000000;
    s->run.limits.steps = 3000;
    if (!s->run.strategy || !run_init(&s->run))
        broken("out of memory");
}

static inline enum run_end searching_run(struct searching *s, const struct subject *subject,
                                         struct findings *findings)
{
    enum run_end end;

    findings->count = 0;
    run_clear(&s->run);
    end = subject->lua ? lua_face_run(subject->lua, &s->run) : c_face_run(subject->c, &s->run);
    s->more = s->run.strategy->end(s->run.strategy);
    return end;
}

static inline void searching_end(struct searching *s)
{
    run_clear(&s->run);
    run_release(&s->run);
    s->run.strategy->free(s->run.strategy);
}

/* --- over all cases -------------------------------------------------------- */

struct walk {
    const char *folder;  /* of the data files */
    const char *prelude; /* of C programs */
    void *suite;
    /* False: `why` (WHY bytes) says what is wrong. */
    bool (*judge)(void *suite, const struct subject *subject, char *why);
    char scratch[64];    /* a folder for files */
};

static inline void walk_lua(struct walk *walk, const struct conformance_case *one)
{
    char why[WHY] = "";
    struct subject subject = {.one = one, .language = CASE_LUA};
    bool good;

    subject.lua = case_lua(one, why, sizeof why);
    good = subject.lua && walk->judge(walk->suite, &subject, why);
    lua_face_free(subject.lua);
    case_report(one, subject.language, good, why);
}

static inline void walk_c(struct walk *walk, struct pending *pending)
{
    char why[WHY] = "";
    struct subject subject = {.one = pending->one, .language = CASE_C};
    struct compile_result compiled;
    bool good;

    if (!pending->one)
        return;
    subject.c = pending_finish(pending, &compiled, why, sizeof why);
    subject.object = compiled.object;
    good = subject.c && walk->judge(walk->suite, &subject, why);
    if (subject.c)
        c_face_free(subject.c);
    compile_result_release(&compiled);
    case_report(subject.one, subject.language, good, why);
}

/* All cases of the folder, or those whose rules have one of the arguments in them; the exit
 * status. */
static inline int walk_all(struct walk *walk, int argc, char **argv)
{
    struct pending now = {0}, next = {0};
    struct cases cases = {0};
    char error[WHY];

    if (!cases_read(&cases, walk->folder, error, sizeof error)) {
        printf("FAIL %s\n", error);
        return 1;
    }
    strcpy(walk->scratch, "/tmp/braid-cases-XXXXXX");
    if (!mkdtemp(walk->scratch))
        broken("no folder for C files");
    for (size_t i = 0; i < cases.count; i++) {
        const struct conformance_case *one = &cases.at[i];

        if (!case_wanted(one, argc, argv))
            continue;
        if (one->program[CASE_C])
            pending_start(&next, one, walk->scratch, walk->prelude);
        walk_c(walk, &now);
        if (one->program[CASE_LUA])
            walk_lua(walk, one);
        now = next;
        next.one = NULL;
    }
    walk_c(walk, &now);
    rmdir(walk->scratch);
    cases_release(&cases);
    return 0;
}

#endif
