/* annotations.c -- signatures of the reference as LuaCATS annotations.
 *
 * `c:send(value?: any)` of entry chan.send becomes, with the entry's text before it,
 *
 *     ---@class chan            once
 *     local chan = {}
 *     ---@param value? any
 *     function chan_:send(value) end
 */
#include "course/annotations.h"

#include "course/signature.h"

#include <stdio.h>
#include <string.h>

enum { WORD = 80 };

static const char head[] =
    ANNOTATIONS_MARK "\n"
    "-- For your editor's Lua language server: what the names of braid's Lua are.\n"
    "-- 'braid init' makes this file and renews it; 'braid doc NAME' shows the same as a page.\n"
    "---@diagnostic disable: missing-return, unused-local, unused-vararg, lowercase-global\n"
    "\n---What send(c, v) and recv(c) make for select.\n---@class select.case\n";

static void add_comment(struct text *out, const struct reference_entry *entry)
{
    const char *at = entry->text ? entry->text : "";

    text_add(out, "\n");
    while (*at) {
        size_t len = strcspn(at, "\n");

        text_addf(out, "---%.*s\n", (int)len, at);
        at += len + (at[len] == '\n');
    }
    text_add(out, "---\n");
    for (size_t i = 0; i < entry->go.count; i++)
        text_addf(out, "---%s`%s`\n", i ? "or " : "Go: ", entry->go.at[i]);
}

/* The arguments as "(a, b)"; as annotations above when `annotate`. */
static void add_arguments(struct text *out, struct span rest, bool annotate)
{
    struct span part, name, type;

    for (bool first = true; signature_next(&rest, &part); first = false) {
        signature_split(part, &name, &type);
        if (annotate)
            text_addf(out, "---@param %.*s %.*s\n", (int)name.len, name.at, (int)type.len, type.at);
        else
            text_addf(out, "%s%.*s", first ? "" : ", ",
                      (int)(name.len - (name.len && name.at[name.len - 1] == '?')), name.at);
    }
}

static void add_results(struct text *out, struct span rest)
{
    struct span part, name, type;

    while (signature_next(&rest, &part)) {
        signature_split(part, &name, &type);
        text_addf(out, "---@return %.*s%s%.*s\n", (int)type.len, type.at, name.len ? " " : "",
                  (int)name.len, name.at);
    }
}

/* "sync.Mutex" -> "sync_Mutex_": the variable whose fields are the type's methods. */
static void variable_of(const struct reference_entry *entry, char *out, size_t size)
{
    const char *end = strrchr(entry->name, '.');

    snprintf(out, size, "%.*s_", end ? (int)(end - entry->name) : 0, entry->name);
    for (char *c = out; *c; c++)
        if (*c == '.')
            *c = '_';
}

/* Whether it is a package too, as `go` is that of go.exit. */
static bool is_package(const struct reference *reference, const char *name)
{
    char word[WORD];
    size_t len = strlen(name);

    for (size_t i = 0; i < reference->count; i++)
        for (size_t k = 0; k < reference->entries[i].lua.count; k++) {
            signature_word(reference->entries[i].lua.at[k], COURSE_LUA, word, sizeof word);
            if (!reference_is_member(&reference->entries[i], word)
                && strncmp(word, name, len) == 0 && word[len] == '.')
                return true;
        }
    return false;
}

/* Whether it is explained without being declared, as Lua's own package os. */
static bool is_covered(const struct reference *reference, const char *name, size_t len)
{
    for (size_t i = 0; i < reference->count; i++) {
        const struct reference_list *covers = &reference->entries[i].covers;

        for (size_t k = 0; k < covers->count; k++)
            if (strlen(covers->at[k]) == len && strncmp(covers->at[k], name, len) == 0)
                return true;
    }
    return false;
}

/* The table of a package or of a type's methods, unless it is there already. */
static void add_owner(const struct reference *reference, struct text *out,
                      const struct reference_entry *entry, const char *word, bool member)
{
    const char *name = member ? entry->name : word, *end = strrchr(name, '.');
    char variable[WORD], line[3 * WORD];
    int len = end ? (int)(end - name) : 0;

    variable_of(entry, variable, sizeof variable);
    if (member)
        snprintf(line, sizeof line, "\n---@class %.*s\nlocal %s = {}\n", len, name, variable);
    else
        snprintf(line, sizeof line, "\n%.*s = {}\n", len, name);
    if (end && !strstr(text_string(out), line) && !is_covered(reference, name, (size_t)len))
        text_add(out, line);
}

/* A package that can be called. */
static void add_callable(struct text *out, const char *word, struct span arguments)
{
    struct span part, rest = arguments;

    text_add(out, "---@overload fun(");
    for (bool first = true; signature_next(&rest, &part); first = false)
        text_addf(out, "%s%.*s", first ? "" : ", ", (int)part.len, part.at);
    text_addf(out, ")\n%s = {}\n", word);
}

static void add_definition(const struct reference *reference, struct text *out,
                           const struct reference_entry *entry, const char *signature)
{
    char word[WORD], full[2 * WORD], variable[WORD];
    struct span arguments;
    bool member, function = signature_arguments(signature, &arguments);
    const char *part;

    signature_word(signature, COURSE_LUA, word, sizeof word);
    member = reference_is_member(entry, word);
    part = strpbrk(word, ":");
    part = part ? part : strrchr(word, '.');
    variable_of(entry, variable, sizeof variable);
    snprintf(full, sizeof full, "%s%s", member ? variable : "", member && part ? part : word);
    add_owner(reference, out, entry, word, member);
    add_comment(out, entry);
    if (!function) {
        text_addf(out, "---@type %s\n%s = nil\n", strstr(signature, ": ") + 2, full);
    } else if (is_package(reference, word)) {
        add_callable(out, word, arguments);
    } else {
        add_arguments(out, arguments, true);
        add_results(out, signature_results(signature));
        text_addf(out, "function %s(", full);
        add_arguments(out, arguments, false);
        text_add(out, ") end\n");
    }
}

/* Another name of the same thing: go.chan is chan. */
static void add_aliases(struct text *out, const struct reference_entry *entry)
{
    char word[WORD];

    for (size_t i = 0; i < entry->covers.count && entry->lua.count; i++) {
        const char *other = entry->covers.at[i], *dot = strchr(other, '.');

        signature_word(entry->lua.at[0], COURSE_LUA, word, sizeof word);
        if (dot && strcmp(dot + 1, word) == 0)
            text_addf(out, "%s = %s\n", other, word);
    }
}

bool annotations_lua(const struct reference *reference, struct text *out)
{
    text_add(out, head);
    for (size_t i = 0; i < reference->count; i++)
        for (size_t k = 0; k < reference->entries[i].lua.count; k++)
            add_definition(reference, out, &reference->entries[i],
                           reference->entries[i].lua.at[k]);
    text_add(out, "\n");
    for (size_t i = 0; i < reference->count; i++)
        add_aliases(out, &reference->entries[i]);
    return !out->failed;
}
