/* workspace.c -- the learner's own folder of exercises: DIR/NN-topic/name.lua and name.c. */
#include "course/workspace.h"

#include "course/editors.h"
#include "course/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char mark[] =
    "The exercises of braid, yours to change. `braid reset` brings a starter back.\n";

static void say(char *error, size_t size, const char *path, int number)
{
    const char *what = strerror(number);

    if (number == ENOTDIR)
        what = "is in the way, choose another folder";
    snprintf(error, size, "%s: %s", path, what);
}

/* Where the learner's copy lies. */
static char *copy_path(const char *dir, const struct exercise *exercise,
                       enum course_language language)
{
    size_t room = strlen(exercise->name) + sizeof ".lua";
    char *file = malloc(room), *path = NULL;

    if (file) {
        snprintf(file, room, "%s.%s", exercise->name, language == COURSE_LUA ? "lua" : "c");
        path = files_path(dir, exercise->topic, file, NULL);
    }
    free(file);
    return path;
}

/* The folder of an exercise, with the mark of the workspace in it. */
static bool make_folders(const char *dir, const struct exercise *exercise, char *error,
                         size_t size)
{
    char *folder = files_path(dir, exercise->topic, NULL);
    char *marked = files_path(dir, ".braid", NULL);
    bool made = folder && marked;

    if (!made)
        say(error, size, dir, ENOMEM);
    else if (!(made = files_make_folder(folder)))
        say(error, size, folder, errno);
    else if (!(made = files_create(marked, mark, sizeof mark - 1) || errno == EEXIST))
        say(error, size, marked, errno);
    free(folder);
    free(marked);
    return made;
}

/* 1: copied, 0: the learner has one already, -1: error says why. */
static int copy_starter(const char *dir, const struct exercise *exercise,
                        enum course_language language, const char *path, char *error, size_t size)
{
    const char *starter = exercise->starter[language];
    size_t len;
    char *text;
    int copied = -1;

    if (files_exist(path))
        return 0;
    if (!make_folders(dir, exercise, error, size))
        return -1;
    text = files_read(starter, &len);
    if (!text)
        say(error, size, starter, errno);
    else if (files_create(path, text, len))
        copied = 1;
    else if (errno == EEXIST)
        copied = 0;
    else
        say(error, size, path, errno);
    free(text);
    return copied;
}

int workspace_init(const struct course *course, const char *dir, char *error, size_t size)
{
    int copied = 0, one;
    char *path;

    for (size_t i = 0; i < course->nlessons; i++)
        for (size_t k = 0; k < course->lessons[i].nexercises; k++)
            for (enum course_language language = COURSE_LUA; language <= COURSE_C; language++) {
                const struct exercise *exercise = &course->lessons[i].exercises[k];

                if (!exercise->starter[language])
                    continue;
                path = copy_path(dir, exercise, language);
                if (!path) {
                    say(error, size, dir, ENOMEM);
                    return -1;
                }
                one = copy_starter(dir, exercise, language, path, error, size);
                free(path);
                if (one < 0)
                    return -1;
                copied += one;
            }
    if (files_is_folder(dir) && !editors_init(course->root, dir, error, size))
        return -1;
    return copied;
}

char *workspace_file(const struct course *course, const char *dir, const struct exercise *exercise,
                     enum course_language language, char *error, size_t size)
{
    char *path;

    (void)course;
    if (!exercise->starter[language]) {
        snprintf(error, size, "no %s version of '%s'", language == COURSE_LUA ? "Lua" : "C",
                 exercise->name);
        return NULL;
    }
    path = copy_path(dir, exercise, language);
    if (!path) {
        say(error, size, dir, ENOMEM);
        return NULL;
    }
    if (copy_starter(dir, exercise, language, path, error, size) < 0) {
        free(path);
        return NULL;
    }
    return path;
}

/* Whether the learner's file is there and differs from the starter. */
static bool is_changed(const char *path, const char *starter, size_t len)
{
    size_t own_len;
    char *own = files_read(path, &own_len);
    bool changed = own ? own_len != len || memcmp(own, starter, len) != 0 : files_exist(path);

    free(own);
    return changed;
}

bool workspace_reset(const struct course *course, const char *dir, const struct exercise *exercise,
                     enum course_language language, char **backup, char *error, size_t size)
{
    char *path = workspace_file(course, dir, exercise, language, error, size);
    char *text = NULL, *saved = NULL;
    size_t len;
    bool done = false;

    if (!path)
        return false;
    text = files_read(exercise->starter[language], &len);
    if (!text) {
        say(error, size, exercise->starter[language], errno);
        goto no_text;
    }
    done = !is_changed(path, text, len);
    if (done)
        goto unchanged;
    saved = files_backup(path);
    if (!saved)
        say(error, size, path, errno); /* no backup, no reset */
    else if (!(done = files_replace(path, text, len)))
        say(error, size, path, errno);
unchanged:
    if (done)
        *backup = saved;
    else
        free(saved);
    free(text);
no_text:
    free(path);
    return done;
}
