/* editors.c -- files of a workspace that make a learner's editor complete and explain. */
#include "course/editors.h"

#include "course/annotations.h"
#include "course/files.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char luarc[] =
    "{\n"
    "    \"runtime.version\": \"Lua 5.4\",\n"
    "    \"runtime.builtin\": { \"debug\": \"disable\", \"package\": \"disable\" },\n"
    "    \"workspace.checkThirdParty\": false\n"
    "}\n";

static void ignore(void *context, const char *message)
{
    (void)context;
    (void)message;
}

/* Writes a file unless it is there. */
static bool create(const char *dir, const char *name, const char *text, char *error, size_t size)
{
    char *path = files_path(dir, name, NULL);
    bool done = path && (files_create(path, text, strlen(text)) || errno == EEXIST);

    if (!done)
        snprintf(error, size, "%s/%s: %s", dir, name, strerror(path ? errno : ENOMEM));
    free(path);
    return done;
}

/* Whether the file is not there or was made by us. */
static bool is_ours(const char *path)
{
    size_t len;
    char *text = files_read(path, &len);
    bool ours = text ? strncmp(text, ANNOTATIONS_MARK "\n", sizeof ANNOTATIONS_MARK) == 0
                     : !files_exist(path);

    free(text);
    return ours;
}

static bool write_annotations(const char *root, const char *dir, char *error, size_t size)
{
    struct reference reference;
    struct text text = {0};
    char *path = files_path(dir, "braid.lua", NULL);
    bool done = true;

    if (path && is_ours(path) && reference_load(&reference, root, ignore, NULL)) {
        done = annotations_lua(&reference, &text) && files_replace(path, text.at, text.len);
        if (!done)
            snprintf(error, size, "%s: %s", path, strerror(text.failed ? ENOMEM : errno));
        reference_release(&reference);
    }
    text_release(&text);
    free(path);
    return done;
}

bool editors_init(const char *root, const char *dir, char *error, size_t size)
{
    struct text flags = {0};
    char real[PATH_MAX];
    bool done;

    text_addf(&flags, "-xc\n-std=gnu17\n-Wall\n-I%s/engine\n", realpath(root, real) ? real : root);
    done = create(dir, "compile_flags.txt", text_string(&flags), error, size)
           && create(dir, ".luarc.json", luarc, error, size)
           && write_annotations(root, dir, error, size);
    text_release(&flags);
    return done;
}
