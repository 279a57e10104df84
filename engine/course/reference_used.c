/* reference_used.c -- from whole programs to the entries they use. */
#include "course/reference.h"

#include "course/signature.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { WORD = 80 };

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The end of the comment or string that begins at `at`; `at` itself when none does. */
static const char *skip(const char *at, enum course_language language)
{
    const char *end = NULL;
    bool lua = language == COURSE_LUA;

    if (lua && strncmp(at, "--[[", 4) == 0)
        end = strstr(at, "]]");
    else if (lua && strncmp(at, "[[", 2) == 0)
        end = strstr(at, "]]");
    else if (!lua && strncmp(at, "/*", 2) == 0)
        end = strstr(at + 2, "*/");
    else if (strncmp(at, lua ? "--" : "//", 2) == 0)
        return at + strcspn(at, "\n");
    else if (*at == '"' || *at == '\'') {
        for (end = at + 1; *end && *end != *at && *end != '\n'; end++)
            if (*end == '\\' && end[1])
                end++;
        return end + (*end == *at);
    } else
        return at;
    return end ? end + 2 : at + strlen(at);
}

/* The next name behind *at: "wg", in Lua "sync.Mutex" and "wg:add" too, and ":add" of what is no
 * name.  *called: '(' or what Lua calls with, a table or a string, follows. */
static bool next_name(const char **at, enum course_language language, char *name, size_t size,
                      bool *called)
{
    const char *p = *at, *before = " ";

    while (*p && !in_name(*p)) {
        const char *behind = skip(p, language);

        before = p;
        p = behind > p ? behind : p + 1;
    }
    *at = language == COURSE_LUA && *p && *before == ':' ? before : p;
    while (in_name(*p) || (language == COURSE_LUA && (*p == '.' || *p == ':') && in_name(p[1])))
        p++;
    snprintf(name, size, "%.*s", (int)(p - *at), *at);
    if (p == *at)
        return false;
    *at = p;
    p += strspn(p, " ");
    *called = *p == '(' || (language == COURSE_LUA && (*p == '{' || *p == '"'));
    return true;
}

/* Where the last part of a name begins, its separator included; NULL: it has one part. */
static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.'), *colon = strrchr(name, ':');

    return colon ? colon : dot;
}

bool reference_is_member(const struct reference_entry *entry, const char *word)
{
    const char *part = last_part(word), *type = strchr(entry->name, '.');

    return part && (*part == ':' || (type && strchr(type + 1, '.')));
}

/* Whether one of the entries used gives a thing of the type whose member the entry is. */
static bool is_made(const struct reference *reference, const struct reference_entry *entry,
                    const bool *used)
{
    char type[WORD];
    const char *gives;

    snprintf(type, sizeof type, "%s", entry->name);
    type[strrchr(type, '.') ? (size_t)(strrchr(type, '.') - type) : 0] = '\0';
    for (size_t i = 0; i < reference->count; i++)
        for (size_t k = 0; used[i] && k < reference->entries[i].lua.count; k++)
            if ((gives = strstr(reference->entries[i].lua.at[k], "->")) && strstr(gives, type))
                return true;
    return false;
}

/* How well `name` in a program fits a member: 0 not at all, 3 best. */
static int member_fits(const struct reference *reference, const struct reference_entry *entry,
                       const char *name, const bool *used)
{
    const char *part = last_part(name);
    char word[WORD];
    int best = 0;

    for (size_t i = 0; part && i < entry->lua.count; i++) {
        const char *own;
        size_t receiver;

        signature_word(entry->lua.at[i], COURSE_LUA, word, sizeof word);
        own = last_part(word);
        if (!reference_is_member(entry, word) || strcmp(own + 1, part + 1) != 0)
            continue;
        receiver = (size_t)(own - word);
        if (best < 1 + is_made(reference, entry, used))
            best = 1 + is_made(reference, entry, used);
        if ((size_t)(part - name) == receiver && strncmp(name, word, receiver) == 0)
            best = 3;
    }
    return best;
}

static void use_members(const struct reference *reference, const char *text, bool *used)
{
    char name[WORD];
    bool called;

    while (next_name(&text, COURSE_LUA, name, sizeof name, &called)) {
        int best = 0;

        for (size_t i = 0; i < reference->count; i++) {
            int fits = member_fits(reference, &reference->entries[i], name, used);

            best = fits > best ? fits : best;
        }
        for (size_t i = 0; best > 0 && i < reference->count; i++)
            used[i] |= member_fits(reference, &reference->entries[i], name, used) == best;
    }
}

/* Whether a name of the program is one of the entry's own, not of a member. */
static bool names(const struct reference_entry *entry, enum course_language language,
                  const char *name, bool called)
{
    const struct reference_list *list = language == COURSE_LUA ? &entry->lua : &entry->c;
    char word[WORD];

    for (size_t i = 0; i < list->count; i++) {
        signature_word(list->at[i], language, word, sizeof word);
        if (strcmp(word, name) == 0 && (called || !strchr(list->at[i], '(')))
            return language == COURSE_C || !reference_is_member(entry, word);
    }
    for (size_t i = 0; language == COURSE_LUA && called && i < entry->covers.count; i++)
        if (strcmp(entry->covers.at[i], name) == 0)
            return true;
    return false;
}

void reference_used(const struct reference *reference, enum course_language language,
                    const char *text, bool *used)
{
    const char *at = text;
    char name[WORD], full[WORD + 8];
    bool called, after_struct = false;

    memset(used, 0, reference->count * sizeof *used);
    while (next_name(&at, language, name, sizeof name, &called)) {
        snprintf(full, sizeof full, "%s%s", after_struct ? "struct " : "", name);
        for (size_t i = 0; i < reference->count; i++)
            used[i] |= names(&reference->entries[i], language, full, called);
        after_struct = language == COURSE_C && strcmp(name, "struct") == 0;
    }
    if (language == COURSE_LUA)
        use_members(reference, text, used);
}

/* --- the table of a program's words -------------------------------------------- */

/* A cell: its first spelling, as code. */
static void add_cell(struct text *out, const struct reference_list *list, int language)
{
    struct text call = {0};

    if (list->count && language < 0)
        text_add(&call, list->at[0]);
    else if (list->count)
        signature_call(list->at[0], (enum course_language)language, &call);
    text_addf(out, call.len ? " `%s` |" : " |", text_string(&call));
    text_release(&call);
}

void reference_table(const struct reference *reference, const bool *used, int language,
                     struct text *out)
{
    bool lua = language != COURSE_C, c = language != COURSE_LUA, begun = false;
    struct text row = {0}, last = {0};

    for (size_t i = 0; i < reference->count; i++) {
        const struct reference_entry *entry = &reference->entries[i];

        if (!used[i] || !entry->go.count)
            continue;
        if (!begun)
            text_addf(out, "| Go |%s%s\n|---|%s%s\n", lua ? " Lua |" : "", c ? " C |" : "",
                      lua ? "---|" : "", c ? "---|" : "");
        begun = true;
        text_clear(&row);
        text_add(&row, "|");
        add_cell(&row, &entry->go, -1);
        if (lua)
            add_cell(&row, &entry->lua, COURSE_LUA);
        if (c)
            add_cell(&row, &entry->c, COURSE_C);
        if (strcmp(text_string(&row), text_string(&last)) != 0) /* t.C of a Timer, of a Ticker */
            text_addf(out, "%s\n", text_string(&row));
        text_clear(&last);
        text_add(&last, text_string(&row));
    }
    text_release(&row);
    text_release(&last);
}
