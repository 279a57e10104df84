/* place.c -- where braid's own files lie. */
#include "base/place.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_content(const char *folder)
{
    char path[PATH_MAX + 16];

    snprintf(path, sizeof path, "%s/lessons", folder);
    return access(path, R_OK) == 0;
}

bool place_root(char *out, size_t size)
{
    static const char *const from_exe[] = {"/..", "/../..", "/../../..", "/../share/braid"};
    const char *set = getenv("BRAID_ROOT");
    char exe[PATH_MAX], *slash;
    ssize_t n;

    if (set && *set) {
        snprintf(out, size, "%s", set);
        return has_content(out);
    }
    n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    exe[n < 0 ? 0 : n] = '\0';
    slash = strrchr(exe, '/');
    if (slash)
        *slash = '\0';
    for (size_t i = 0; i < sizeof from_exe / sizeof *from_exe; i++) {
        char path[PATH_MAX + 32], real[PATH_MAX];

        snprintf(path, sizeof path, "%s%s", exe, from_exe[i]);
        snprintf(out, size, "%s", realpath(path, real) ? real : path);
        if (has_content(out))
            return true;
    }
    return false;
}
