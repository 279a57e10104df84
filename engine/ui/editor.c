/* editor.c -- which editor, and how it is told the line. */
#include "ui/editor.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool in_path(const char *name)
{
    const char *path = getenv("PATH");
    char file[PATH_MAX];

    for (const char *at = path ? path : "/usr/bin:/bin"; *at;) {
        size_t len = strcspn(at, ":");
        if (len > 0 && snprintf(file, sizeof file, "%.*s/%s", (int)len, at, name) < PATH_MAX
            && access(file, X_OK) == 0)
            return true;
        at += len;
        at += *at == ':';
    }
    return false;
}

/* Editors that take +LINE before the file. */
static bool takes_line(const char *command)
{
    static const char *const known[] = {"vi", "vim", "nvim", "nano", "emacs", "micro", "kak",
                                        "vim.tiny", "vim.basic", "mg", "joe", "ne"};
    size_t len = strcspn(command, " \t");
    const char *name = command;

    for (size_t i = 0; i < len; i++)
        if (command[i] == '/')
            name = command + i + 1;
    len -= (size_t)(name - command);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i]) == len && strncmp(known[i], name, len) == 0)
            return true;
    return false;
}

bool editor_command(char *command, size_t size, uint32_t line)
{
    static const char *const variables[] = {"VISUAL", "EDITOR"};
    static const char *const usual[] = {"nano", "vi"};
    const char *editor = NULL;

    for (size_t i = 0; !editor && i < 2; i++) {
        const char *value = getenv(variables[i]);
        if (value && value[strspn(value, " \t")])
            editor = value;
    }
    for (size_t i = 0; !editor && i < 2; i++)
        if (in_path(usual[i]))
            editor = usual[i];
    if (!editor) {
        snprintf(command, size, "no editor found; set EDITOR, or edit the file elsewhere: "
                 "it is checked when you save");
        return false;
    }
    if (line > 0 && takes_line(editor))
        snprintf(command, size, "%s +%u", editor, line);
    else
        snprintf(command, size, "%s", editor);
    return true;
}
