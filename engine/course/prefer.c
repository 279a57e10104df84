/* prefer.c -- a lesson's text in one language. */
#include "course/prefer.h"

#include "base/text.h"

#include <string.h>

static const char *const fences[] = {[COURSE_LUA] = "```lua\n", [COURSE_C] = "```c\n"};

static const char *next_line(const char *at)
{
    const char *end = strchr(at, '\n');

    return end ? end + 1 : at + strlen(at);
}

/* Which language's block starts here, -1: none. */
static int fence_at(const char *at)
{
    for (int i = 0; i < 2; i++)
        if (strncmp(at, fences[i], strlen(fences[i])) == 0)
            return i;
    return -1;
}

/* Behind the closing fence of the block that starts at `at`; the text's end when it is open. */
static const char *block_end(const char *at)
{
    at = next_line(at);
    while (*at && strncmp(at, "```", 3) != 0)
        at = next_line(at);
    return next_line(at);
}

static const char *skip_blank(const char *at)
{
    while (*at == '\n')
        at++;
    return at;
}

char *prefer_language(const char *markdown, enum course_language language)
{
    struct text out = {0};

    while (*markdown) {
        int first = fence_at(markdown), second;
        const char *end, *other;

        if (first < 0) {
            end = next_line(markdown);
            text_add_n(&out, markdown, (size_t)(end - markdown));
            markdown = end;
            continue;
        }
        end = block_end(markdown);
        other = skip_blank(end);
        second = fence_at(other);
        if (second >= 0 && second != first) {
            const char *behind = block_end(other);

            if (first == (int)language)
                text_add_n(&out, markdown, (size_t)(end - markdown));
            else
                text_add_n(&out, other, (size_t)(behind - other));
            markdown = behind;
        } else {
            text_add_n(&out, markdown, (size_t)(end - markdown));
            markdown = end;
        }
    }
    return text_take(&out);
}
