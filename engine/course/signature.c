/* signature.c -- the parts of a signature of the reference, in Lua or C. */
#include "course/signature.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Lua: all before the arguments or the type.  C: the name before the first parenthesis; else of a
 * structure "struct wg", of a constant its first word. */
void signature_word(const char *signature, enum course_language language, char *out, size_t size)
{
    const char *start = signature, *end = signature + strcspn(signature, "(");

    if (language == COURSE_LUA) {
        const char *type = strstr(signature, ": ");

        if (type && type < end)
            end = type;
    } else if (*end) {
        while (end > signature && end[-1] == ' ')
            end--;
        start = end;
        while (start > signature && in_name(start[-1]))
            start--;
    } else {
        end = start + (strncmp(start, "struct ", 7) == 0 ? 7 : 0);
        end += strcspn(end, " ;{");
    }
    snprintf(out, size, "%.*s", (int)(end - start), start);
}

bool signature_arguments(const char *signature, struct span *arguments)
{
    const char *open = strchr(signature, '('), *at = open;
    int depth = 0;

    if (!open)
        return false;
    do {
        depth += *at == '(';
        depth -= *at == ')';
    } while (depth > 0 && *++at);
    *arguments = (struct span){open + 1, (size_t)(at - open - 1)};
    return true;
}

struct span signature_results(const char *signature)
{
    struct span arguments;
    const char *arrow = NULL;

    if (signature_arguments(signature, &arguments))
        arrow = strstr(arguments.at + arguments.len, "-> ");
    return arrow ? (struct span){arrow + 3, strlen(arrow + 3)} : (struct span){signature, 0};
}

bool signature_next(struct span *rest, struct span *part)
{
    int depth = 0;
    size_t i = 0;

    while (rest->len && *rest->at == ' ') {
        rest->at++;
        rest->len--;
    }
    while (i < rest->len && (depth > 0 || rest->at[i] != ',')) {
        char c = rest->at[i];

        depth += c == '(' || c == '<' || c == '{' || c == '[';
        depth -= c == ')' || c == '>' || c == '}' || c == ']';
        i++;
    }
    *part = (struct span){rest->at, i};
    rest->at += i < rest->len ? i + 1 : i;
    rest->len -= i < rest->len ? i + 1 : i;
    return i > 0;
}

void signature_split(struct span part, struct span *name, struct span *type)
{
    size_t len = strcspn(part.at, ":(<{[|,)");

    *name = (struct span){part.at, 0};
    *type = part;
    if (len + 2 <= part.len && strncmp(part.at + len, ": ", 2) == 0) {
        name->len = len;
        *type = (struct span){part.at + len + 2, part.len - len - 2};
    }
}

/* The name of a parameter in C: of a pointer to a function what stands behind "(*", else the last
 * word; "..." and what has no type as they are. */
static struct span parameter_name(struct span part)
{
    const char *pointer = memmem(part.at, part.len, "(*", 2);
    size_t start = part.len;

    if (pointer)
        return (struct span){pointer + 2, strcspn(pointer + 2, ")")};
    while (start > 0 && (in_name(part.at[start - 1]) || part.at[start - 1] == '.'))
        start--;
    return (struct span){part.at + start, part.len - start};
}

void signature_call(const char *signature, enum course_language language, struct text *out)
{
    struct span rest, part, name, type;
    char word[80];

    signature_word(signature, language, word, sizeof word);
    text_add(out, word);
    if (!signature_arguments(signature, &rest))
        return;
    text_add_char(out, '(');
    if (rest.len == 4 && strncmp(rest.at, "void", 4) == 0)
        rest.len = 0;
    for (bool first = true; signature_next(&rest, &part); first = false) {
        if (language == COURSE_LUA)
            signature_split(part, &name, &type);
        else
            name = parameter_name(part);
        if (name.len && name.at[name.len - 1] == '?')
            name.len--;
        text_addf(out, "%s%.*s", first ? "" : ", ", (int)name.len, name.at);
    }
    text_add_char(out, ')');
}
