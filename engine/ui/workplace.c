/* workplace.c -- the learner's own folder: asked for, made, and copies of demos in it. */
#include "course/files.h"
#include "ui/app.h"
#include "ui/editor.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "~/x" and "x" as an absolute path. */
static bool absolute(char *out, size_t size, const char *line)
{
    const char *home = getenv("HOME");
    char here[PATH_MAX];
    int n;

    if (line[0] == '~' && (line[1] == '/' || line[1] == '\0') && home)
        n = snprintf(out, size, "%s%s", home, line + 1);
    else if (line[0] == '/')
        n = snprintf(out, size, "%s", line);
    else
        n = getcwd(here, sizeof here) ? snprintf(out, size, "%s/%s", here, line) : -1;
    return n > 0 && (size_t)n < size;
}

int app_make_workspace(struct app *app, const char *line)
{
    char dir[PATH_MAX], error[512];
    int copied;

    if (!absolute(dir, sizeof dir, line)) {
        app_say(app, STYLE_BAD, "that path is too long");
        return -1;
    }
    copied = workspace_init(&app->course, dir, error, sizeof error);
    if (copied < 0)
        app_say(app, STYLE_BAD, "%s", error);
    else if (!progress_set_workspace(app->progress, dir)) {
        app_say(app, STYLE_BAD, "progress cannot be saved: %s", strerror(errno));
        return -1;
    }
    return copied;
}

void app_ask_workspace(struct app *app,
                       void (*answer)(struct app *app, void *context, const char *line),
                       void *context)
{
    app_push(app, screen_ask("What you write goes into a folder of your own, and nothing of it is "
                             "ever overwritten. Create it here?", "~/braid", answer, context));
}

/* WORKSPACE/NN-topic/demo.lua, made if it is not there.  Heap; NULL: said why. */
static char *copy_of(struct app *app, const struct lesson *lesson, const char *demo)
{
    const char *name = strrchr(demo, '/') ? strrchr(demo, '/') + 1 : demo;
    char *folder = files_path(progress_workspace(app->progress), lesson->id, NULL);
    char *path = folder ? files_path(folder, name, NULL) : NULL, *text = NULL;
    size_t len;
    bool there = path && files_exist(path);

    if (path && !there)
        there = files_make_folder(folder) && (text = files_read(demo, &len))
                && files_create(path, text, len);
    if (!there) {
        app_say(app, STYLE_BAD, "%s: %s", path ? path : name, strerror(errno));
        free(path);
        path = NULL;
    }
    free(text);
    free(folder);
    return path;
}

void app_edit_copy(struct app *app, const struct lesson *lesson, const char *demo)
{
    char command[512], error[512], *path = copy_of(app, lesson, demo);

    if (!path)
        return;
    if (!editor_command(command, sizeof command, 0))
        app_say(app, STYLE_BAD, "%s", command);
    else if (!app->edit || !app->edit(command, path, error, sizeof error))
        app_say(app, STYLE_BAD, "%s", app->edit ? error : "no terminal for an editor");
    else
        app_push(app, screen_launch(app, path, JUDGE_CHECK, NULL, NULL));
    free(path);
}
