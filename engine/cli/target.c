/* target.c -- what the words of a command line mean. */
#include "cli/target.h"

#include "base/place.h"
#include "course/workspace.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void complain(void *context, const char *message)
{
    (void)context;
    fprintf(stderr, "braid: %s\n", message);
}

bool target_course(struct target *target)
{
    char root[PATH_MAX];

    if (target->has_course)
        return true;
    if (!place_root(root, sizeof root)) {
        fprintf(stderr, "braid: the lessons are not at '%s': set BRAID_ROOT to the checkout\n", root);
        return false;
    }
    target->has_course = course_load(&target->course, root, complain, NULL);
    if (target->has_course && !target->progress)
        target->progress = progress_open();
    return target->has_course && target->progress;
}

const char *target_workspace(const struct target *target)
{
    const char *known = progress_workspace(target->progress);

    if (access(".braid", R_OK) == 0)
        return ".";
    if (known && access(known, R_OK | X_OK) == 0)
        return known;
    fprintf(stderr, "braid: there is no workspace yet: 'braid init [DIR]' makes one\n");
    return NULL;
}

static const struct exercise *first_open(const struct target *target)
{
    for (size_t i = 0; i < target->course.nlessons; i++)
        for (size_t k = 0; k < target->course.lessons[i].nexercises; k++) {
            const struct exercise *e = &target->course.lessons[i].exercises[k];

            if (!progress_passed(target->progress, e, COURSE_LUA) &&
                !progress_passed(target->progress, e, COURSE_C))
                return e;
        }
    return NULL;
}

bool target_exercise(struct target *target, const struct options *options, const char *word)
{
    target->language = options->language >= 0 ? (enum course_language)options->language : COURSE_LUA;
    if (!target_course(target))
        return false;
    if (!word) {
        target->exercise = first_open(target);
        if (!target->exercise)
            fprintf(stderr, "braid: every exercise is passed: name one, 'braid list' shows them\n");
    } else {
        enum course_language said = target->language;

        target->exercise = access(word, F_OK) == 0 ? course_of_file(&target->course, word, &said)
                                                   : course_find(&target->course, word, &said);
        if (options->language < 0)
            target->language = said;
        if (!target->exercise)
            fprintf(stderr, "braid: there is no exercise '%s': 'braid list' shows them\n", word);
    }
    return target->exercise != NULL;
}

bool target_open(struct target *target, const struct options *options, const char *word)
{
    char error[PATH_MAX + 256], *path = NULL;
    bool is_file = word && (access(word, F_OK) == 0 || strchr(word, '/') || strchr(word, '.'));

    if (is_file) {
        enum course_language language;

        /* a free-standing program needs no course */
        if (options->exercise && !target_exercise(target, options, options->exercise))
            return false;
        if (!program_load(&target->program, word, error, sizeof error)) {
            fprintf(stderr, "braid: %s\n", error);
            return false;
        }
        target->language = target->program.language == LANGUAGE_C ? COURSE_C : COURSE_LUA;
        if (!options->exercise && target_course(target))
            target->exercise = course_of_file(&target->course, word, &language);
        return true;
    }
    if (!target_exercise(target, options, word) || !target_workspace(target))
        return false;
    path = workspace_file(&target->course, target_workspace(target), target->exercise, target->language,
                          error, sizeof error);
    if (!path || !program_load(&target->program, path, error, sizeof error)) {
        fprintf(stderr, "braid: %s\n", error);
        free(path);
        return false;
    }
    free(path);
    return true;
}

void target_release(struct target *target)
{
    program_release(&target->program);
    if (target->has_course)
        course_release(&target->course);
    progress_free(target->progress);
    *target = (struct target){0};
}
