/* spellings.c -- see spellings.h. */
#include "course/spellings.h"

#include "course/reference.h"

#include <stdlib.h>
#include <string.h>

static void ignore(void *context, const char *message)
{
    (void)context, (void)message; /* `braid doc` tells them */
}

/* The code of all blocks of one language. */
static void add_code(struct text *code, const char *markdown, const char *fence)
{
    size_t len = strlen(fence);

    for (const char *at = markdown, *end; *at; at = end) {
        const char *behind = strchr(at, '\n');

        end = behind ? behind + 1 : at + strlen(at);
        if (strncmp(at, fence, len) != 0)
            continue;
        behind = strstr(end, "\n```");
        if (strncmp(end, "```", 3) == 0 || !behind)
            continue;
        text_add_n(code, end, (size_t)(behind + 1 - end));
        end = behind + 4;
    }
}

/* Sets used[i] for what the code of the language, or of both, uses. */
static bool look(const struct reference *reference, const char *markdown, int language, bool *used)
{
    static const char *const fences[] = {[COURSE_LUA] = "```lua\n", [COURSE_C] = "```c\n"};
    bool *here = calloc(reference->count, sizeof *here);
    struct text code = {0};
    bool looked = here != NULL;

    for (int i = COURSE_LUA; looked && i <= COURSE_C; i++) {
        if (language >= 0 && language != i)
            continue;
        text_clear(&code);
        add_code(&code, markdown, fences[i]);
        reference_used(reference, (enum course_language)i, text_string(&code), here);
        for (size_t k = 0; k < reference->count; k++)
            used[k] |= here[k];
        looked = !code.failed;
    }
    text_release(&code);
    free(here);
    return looked;
}

bool spellings_table(const char *root, const char *markdown, int language, struct text *out)
{
    struct reference reference = {0};
    size_t before = out->len;
    bool *used = NULL;

    if (!strstr(markdown, "```") || !reference_load(&reference, root, ignore, NULL))
        return false;
    used = calloc(reference.count, sizeof *used);
    if (used && look(&reference, markdown, language, used))
        reference_table(&reference, used, language, out);
    free(used);
    reference_release(&reference);
    return out->len > before;
}
