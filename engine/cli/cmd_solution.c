/* cmd_solution.c -- braid solution: a solution, beside the learner's own once that has passed. */
#include "cli/ask.h"
#include "cli/command.h"
#include "cli/show.h"
#include "cli/target.h"
#include "course/workspace.h"
#include "view/sides.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int solution(const struct options *options);

const struct command command_solution = {
    "solution", "EXERCISE", "a solution beside yours, once you passed (or --yes)", solution};

/* The learner's own program: the file that was named, else the copy in the workspace. */
static bool load_own(struct target *t, const char *word)
{
    const char *dir = access(".braid", R_OK) == 0 ? "." : progress_workspace(t->progress);
    char error[512], *path = NULL;
    bool loaded;

    if (access(word, F_OK) == 0)
        return program_load(&t->program, word, error, sizeof error);
    if (!dir || access(dir, R_OK | X_OK) != 0)
        return false;
    path = workspace_file(&t->course, dir, t->exercise, t->language, error, sizeof error);
    loaded = path && program_load(&t->program, path, error, sizeof error);
    free(path);
    return loaded;
}

static bool print_sides(const struct program *own, const struct program *solution,
                        const struct options *options)
{
    struct sides *sides = sides_new(own, solution);
    struct grid grid = {0};
    int cols = show_columns();
    enum sides_mode mode = cols >= SIDES_WIDE ? SIDES_BESIDE : SIDES_STACKED;
    bool done = sides && sides_lay_out(sides, mode, cols)
                && grid_init(&grid, sides_rows(sides), cols, ask_ascii());

    if (done) {
        sides_draw(sides, &grid, (struct rect){0, 0, grid.rows, cols}, 0);
        printf("%s\n\n", sides_same(sides)     ? "Yours and the solution are the same:"
                         : mode == SIDES_BESIDE ? "Yours, and a solution:"
                                                : "Yours <, and a solution >:");
        done = show_grid(&grid, options->plain);
    }
    grid_release(&grid);
    sides_free(sides);
    return done;
}

/* Into a pipe or a file goes the solution alone, unless text for readers was asked for. */
static int print(struct target *t, const struct program *program, const struct options *options)
{
    bool passed = progress_passed(t->progress, t->exercise, t->language);
    bool compares = passed && (options->plain || isatty(STDOUT_FILENO));

    if (!compares || !load_own(t, options->words[0]))
        return fwrite(program->text, 1, program->length, stdout) == program->length ? 0 : 3;
    if (print_sides(&t->program, program, options))
        return 0;
    fprintf(stderr, "braid: out of memory\n");
    return 3;
}

static int solution(const struct options *options)
{
    struct target t = {0};
    struct program program = {0};
    char error[512];
    const char *path;
    int status = 2;

    if (options->nwords != 1) {
        fprintf(stderr, "braid: the solution of which exercise? 'braid solution EXERCISE'\n");
        return 2;
    }
    if (!target_exercise(&t, options, options->words[0])) {
        target_release(&t);
        return 2;
    }
    path = t.exercise->solution[t.language];
    if (!progress_passed(t.progress, t.exercise, t.language) &&
        !options_yes(options, "You have not passed it yet. Show the solution?"))
        status = 2;
    else if (!path || !program_load(&program, path, error, sizeof error))
        fprintf(stderr, "braid: there is no solution for '%s' in this language\n", t.exercise->name);
    else
        status = print(&t, &program, options);
    program_release(&program);
    target_release(&t);
    return status;
}
