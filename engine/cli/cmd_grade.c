/* cmd_grade.c -- braid grade: the submissions of a class, several at once.
 *
 * With --out what was graded before, of the same text and exercise, is kept; so grading can be stopped
 * and go on, and who hands in again is graded again.
 */
#include "cli/command.h"
#include "cli/target.h"
#include "course/files.h"
#include "grade/gradebook.h"
#include "grade/judge.h"
#include "grade/report.h"
#include "grade/submission.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int grade(const struct options *options);

const struct command command_grade = {
    "grade", "FOLDER [EXERCISE...]", "grade a folder of submissions, one folder a student", grade};

enum { DESKS_MAX = 64, LOOK_MS = 20, SAVE_SECONDS = 2 };

/* Where one submission is being judged. */
struct desk {
    struct judge *judge;     /* NULL: free */
    struct program program;
    size_t at;               /* in the book and in the submissions */
    uint64_t digest;
};

struct grading {
    const struct options *options;
    struct submissions submissions;
    struct gradebook book, before; /* of this time, in the same order; of the last */
    struct desk desks[DESKS_MAX];
    size_t ndesks, busy;
    size_t next, told;       /* the next to be begun; those before `told` have been printed */
    time_t saved;
    bool unsaved;            /* a failure to save has been told */
};

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* Names of folders and words of programs are the students': no escape sequence of theirs reaches the
 * terminal. */
static void print_safely(FILE *file, const char *text)
{
    for (; *text; text++)
        putc((unsigned char)*text < ' ' && *text != '\n' ? '?' : *text == 127 ? '?' : *text, file);
}

static void say_note(void *context, const char *message)
{
    (void)context;
    fputs("braid: ", stderr);
    print_safely(stderr, message);
    putc('\n', stderr);
}

/* Of all that the grade depends on. */
static uint64_t digest_of(const struct grading *g, const struct submission *one,
                          const struct program *program)
{
    const struct options *o = g->options;
    uint64_t asked[] = {o->budget, o->steps, o->seed, o->accesses, (uint64_t)o->wall_ms};
    uint64_t digest = digest_add(DIGEST_BASIS, program->text, program->length);
    const struct mutants *mutants = &one->exercise->mutants[one->language];
    const char *starter = one->exercise->starter[one->language];
    const char *slash = starter ? strrchr(starter, '/') : NULL;
    struct text rows = {0};

    digest = digest_add(digest, asked, sizeof asked);
    if (o->strategy)
        digest = digest_add(digest, o->strategy, strlen(o->strategy));
    text_addf(&rows, "%.*s/topic.lua", slash ? (int)(slash - starter) : 0, starter ? starter : "");
    for (size_t i = 0; i <= mutants->count; i++) {
        const char *path = i < mutants->count ? mutants->paths[i] : text_string(&rows);
        size_t len = 0;
        char *text = files_read(path, &len);

        digest = digest_add(digest, text ? text : "", len);
        free(text);
    }
    text_release(&rows);
    return digest;
}

static void set(struct grade *grade, uint64_t digest, enum verdict verdict, const char *headline,
                const char *report)
{
    if (!grade_set(grade, digest, verdict_word(verdict), headline, report))
        fprintf(stderr, "braid: %s: out of memory\n", grade->student);
}

/* --- one submission -------------------------------------------------------- */

static struct judge_request request_of(const struct grading *g, const struct submission *one,
                                       const struct program *program)
{
    const struct options *o = g->options;

    return (struct judge_request){
        .program = program,
        .mode = JUDGE_CHECK,
        .strategy = o->strategy,
        .seed = o->seed,
        .runs = o->budget ? o->budget : one->exercise->runs,
        .steps = o->steps,
        .wall_ms = o->wall_ms,
        .accesses = o->accesses,
        .expect = &one->exercise->expect,
        .world = &one->exercise->world,
        .mutants = exercise_mutants(one->exercise, one->language),
        .cflags = o->ncflags ? o->cflags : NULL,
        .output = -1,
    };
}

/* False: there was nothing to judge; the grade is set. */
static bool begin(struct grading *g, struct desk *desk, size_t at)
{
    const struct submission *one = &g->submissions.at[at];
    struct grade *mine = &g->book.at[at];
    const struct grade *before = gradebook_find(&g->before, mine);
    struct judge_request request;
    char error[PATH_MAX + 256];

    if (!one->path) {
        grade_set(mine, 0, "missing", NULL, NULL);
        return false;
    }
    if (!program_load(&desk->program, one->path, error, sizeof error)) {
        /* "ann/basic_pool.lua: is empty: ...": where it lies here is not the student's */
        set(mine, 0, VERDICT_NO_LOAD, error + (strrchr(one->path, '/') + 1 - one->path), NULL);
        return false;
    }
    desk->at = at;
    desk->digest = digest_of(g, one, &desk->program);
    if (before && before->digest == desk->digest) {
        if (!grade_set(mine, desk->digest, before->verdict, before->headline, before->report))
            fprintf(stderr, "braid: %s: out of memory\n", one->path);
        program_release(&desk->program);
        return false;
    }
    request = request_of(g, one, &desk->program);
    desk->judge = judge_start(&request);
    if (!desk->judge) {
        fprintf(stderr, "braid: %s: out of memory\n", one->path);
        program_release(&desk->program);
        return false;
    }
    g->busy++;
    return true;
}

/* A student's files lie somewhere else than here: the folder is left out wherever it is said. */
static void leave_out_folder(struct text *text, const struct program *program)
{
    size_t folder = (size_t)(program->name - program->path);
    struct text out = {0};
    const char *at = text_string(text);

    while (folder > 0 && *at) {
        const char *next = strstr(at, program->path);

        text_add_n(&out, at, next ? (size_t)(next - at) : strlen(at));
        at = next ? next + folder : at + strlen(at);
    }
    if (folder > 0) {
        text_release(text);
        *text = out;
    }
}

/* What failed on our side is no grade, nor is what was stopped by hand. */
static void end(struct grading *g, struct desk *desk)
{
    struct grade *mine = &g->book.at[desk->at];
    struct text headline = {0}, report = {0};
    struct result result;

    judge_finish(desk->judge, &result);
    report_headline(&headline, &result, &desk->program);
    report_text(&report, &result, &desk->program,
                &(struct report_options){.story = true, .ascii = true});
    leave_out_folder(&headline, &desk->program);
    leave_out_folder(&report, &desk->program);
    if (result.verdict == VERDICT_OUR_FAILURE)
        fprintf(stderr, "braid: %s: not graded: %s\n", desk->program.path, text_string(&headline));
    else if (!interrupted || result.verdict != VERDICT_INCOMPLETE)
        set(mine, desk->digest, result.verdict, text_string(&headline), text_string(&report));
    text_release(&headline);
    text_release(&report);
    result_release(&result);
    program_release(&desk->program);
    *desk = (struct desk){0};
    g->busy--;
}

/* --- all of them ----------------------------------------------------------- */

static bool quiet(const struct options *options)
{
    return options->json || options->csv;
}

/* Prints what is known up to the first that is not, so that the order is always the same. */
static void tell(struct grading *g, bool all)
{
    for (; g->told < g->book.count; g->told++) {
        const struct grade *one = &g->book.at[g->told];
        struct text line = {0};

        if (!one->verdict && !all)
            break;
        if (quiet(g->options))
            continue;
        if (g->told == 0 || strcmp(one[-1].student, one->student) != 0)
            text_addf(&line, "%s\n", one->student);
        grade_line(one, &line);
        print_safely(stdout, text_string(&line));
        text_release(&line);
    }
    fflush(stdout);
}

static bool save(struct grading *g)
{
    g->saved = time(NULL);
    if (!g->options->out || gradebook_write(&g->book, g->options->out))
        return true;
    if (!g->unsaved)
        fprintf(stderr, "braid: %s: the grades cannot be saved: %s\n", g->options->out,
                strerror(errno));
    g->unsaved = true;
    return false;
}

static void show_progress(const struct grading *g, bool on)
{
    if (quiet(g->options) || g->options->plain || !isatty(STDERR_FILENO))
        return;
    if (on)
        fprintf(stderr, "\r%zu of %zu (Ctrl-C stops)\033[K", g->next - g->busy, g->book.count);
    else
        fprintf(stderr, "\r\033[K");
}

static void work(struct grading *g)
{
    while (g->busy > 0 || (g->next < g->book.count && !interrupted)) {
        for (size_t i = 0; i < g->ndesks && g->next < g->book.count && !interrupted; i++)
            while (!g->desks[i].judge && g->next < g->book.count && !begin(g, &g->desks[i], g->next++))
                ;
        for (size_t i = 0; i < g->ndesks; i++) {
            struct desk *desk = &g->desks[i];

            if (desk->judge && interrupted)
                judge_cancel(desk->judge);
            if (desk->judge && judge_poll(desk->judge, g->busy == 1 ? 10 * LOOK_MS : LOOK_MS))
                end(g, desk);
        }
        show_progress(g, false);
        tell(g, false);
        show_progress(g, true);
        if (time(NULL) - g->saved >= SAVE_SECONDS)
            save(g);
    }
    show_progress(g, false);
    tell(g, true);
}

static void print_all(const struct grading *g)
{
    struct text out = {0};

    if (g->options->json)
        gradebook_json(&g->book, &out);
    else if (g->options->csv)
        gradebook_csv(&g->book, &out);
    else
        gradebook_sum(&g->book, &out);
    fwrite(text_string(&out), 1, out.len, stdout);
    text_release(&out);
}

static bool make_book(struct grading *g)
{
    static const char *const endings[] = {"lua", "c"};

    for (size_t i = 0; i < g->submissions.count; i++) {
        const struct submission *one = &g->submissions.at[i];

        if (!gradebook_add(&g->book, one->student, one->exercise->topic, one->exercise->name,
                           one->path ? endings[one->language] : ""))
            return false;
    }
    return true;
}

static int grade_all(struct grading *g)
{
    struct sigaction action = {.sa_handler = on_interrupt}, before;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    bool saved;

    g->ndesks = g->options->jobs ? g->options->jobs : processors > 0 ? (size_t)processors : 1;
    g->ndesks = g->ndesks > DESKS_MAX ? DESKS_MAX : g->ndesks;
    g->saved = time(NULL);
    sigaction(SIGINT, &action, &before);
    work(g);
    sigaction(SIGINT, &before, NULL);
    saved = save(g);
    print_all(g);
    for (size_t i = 0; i < g->book.count; i++)
        if (!g->book.at[i].verdict)
            return 3;
    return saved ? 0 : 3;
}

/* The exercises of the words after the folder. */
static bool find_asked(const struct options *options, const struct course *course,
                       const struct exercise **asked)
{
    for (size_t i = 1; i < options->nwords; i++) {
        asked[i - 1] = course_find(course, options->words[i], NULL);
        if (!asked[i - 1]) {
            fprintf(stderr, "braid: there is no exercise '%s': 'braid list' shows them\n",
                    options->words[i]);
            return false;
        }
    }
    return true;
}

static int grade(const struct options *options)
{
    const struct exercise *asked[OPTIONS_MAX];
    struct grading g = {.options = options};
    struct target target = {0};
    char *error = NULL;
    int status = 2;

    if (options->nwords == 0) {
        fprintf(stderr, "braid: grade which folder?  'braid grade FOLDER', one folder a student\n");
        return 2;
    }
    if (!target_course(&target) || !find_asked(options, &target.course, asked))
        goto done;
    if (options->out && !gradebook_read(&g.before, options->out, &error)) {
        fprintf(stderr, "braid: %s\n", error ? error : "out of memory");
        goto done;
    }
    if (!submissions_find(&g.submissions, &target.course, options->words[0], asked,
                          options->nwords - 1, say_note, NULL) || !make_book(&g))
        fprintf(stderr, "braid: %s: %s\n", options->words[0], strerror(errno));
    else if (g.book.count == 0)
        fprintf(stderr, "braid: %s: no submission in it: a file is called as its exercise, such as "
                        "'%s/ann/basic_pool.lua'\n", options->words[0], options->words[0]);
    else
        status = grade_all(&g);
done:
    free(error);
    gradebook_release(&g.book);
    gradebook_release(&g.before);
    submissions_release(&g.submissions);
    target_release(&target);
    return status;
}
