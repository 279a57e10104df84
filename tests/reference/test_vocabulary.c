/* test_vocabulary.c -- every name a learner can use has an entry, and every entry's name is there.
 *
 * The names of Lua are those of a prepared state: its globals, the functions of its packages, the
 * methods of its types.  The names of C are those that go.h declares, and a prototype in an entry
 * must be go.h's own.
 */
#include "base/text.h"
#include "course/annotations.h"
#include "course/files.h"
#include "course/reference.h"
#include "course/signature.h"
#include "lua/face.h"
#include "lua/state.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lualib.h>

#include <cmocka.h>

enum { NAME = 120 };

static struct reference reference;
static int faults;

static void fault(const char *what, const char *name)
{
    print_error("%s: '%s'\n", what, name);
    faults++;
}

static void complain(void *context, const char *message)
{
    (void)context;
    fault("the reference", message);
}

static int setup(void **state)
{
    (void)state;
    return reference_load(&reference, ".", complain, NULL) ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    reference_release(&reference);
    return 0;
}

/* The entry that covers a name, or has it as a spelling in the language. */
static const struct reference_entry *entry_of(enum course_language language, const char *name)
{
    char word[NAME];

    for (size_t i = 0; i < reference.count; i++) {
        const struct reference_entry *entry = &reference.entries[i];
        const struct reference_list *list = language == COURSE_LUA ? &entry->lua : &entry->c;

        for (size_t k = 0; k < list->count; k++) {
            signature_word(list->at[k], language, word, sizeof word);
            if (strcmp(word, name) == 0
                && (language == COURSE_C || !reference_is_member(entry, word)))
                return entry;
        }
        for (size_t k = 0; k < entry->covers.count; k++)
            if (strcmp(entry->covers.at[k], name) == 0)
                return entry;
    }
    return NULL;
}

/* --- Lua -------------------------------------------------------------------- */

/* What a metatable is called, and the type its methods' entries are named after. */
static const struct {
    const char *name, *type;
} types[] = {
    {"channel", "chan"},
    {"chan<-", "chan"},
    {"<-chan", "chan"},
    {"errgroup", "errgroup.Group"},
    {"singleflight", "singleflight.Group"},
    {"semaphore", "semaphore.Weighted"},
    {"connection", "net.Conn"},
};

/* Whether an entry's type, "sync.Mutex" of sync.Mutex.lock, is what the metatable's name says. */
static bool is_type(const struct reference_entry *entry, const char *name)
{
    const char *end = strrchr(entry->name, '.'), *last;
    char type[NAME];

    if (!end)
        return false;
    snprintf(type, sizeof type, "%.*s", (int)(end - entry->name), entry->name);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0)
            return strcmp(types[i].type, type) == 0;
    last = strrchr(type, '.');
    return strcasecmp(type, name) == 0 || (last && strcasecmp(last + 1, name) == 0);
}

static bool has_method(const struct reference_entry *entry, const char *type, const char *method)
{
    char word[NAME];

    for (size_t i = 0; i < entry->lua.count; i++) {
        const char *part;

        signature_word(entry->lua.at[i], COURSE_LUA, word, sizeof word);
        part = strrchr(word, ':');
        if (part && strcmp(part + 1, method) == 0 && is_type(entry, type))
            return true;
    }
    return false;
}

static struct lua_face *face_new(void)
{
    static const char text[] = "print(1)\n";
    char error[200];
    struct lua_face *face =
        lua_face_new("test.lua", text, strlen(text), LUA_TELLS_NOTHING, 64 << 20, error, sizeof error);

    assert_non_null(face);
    return face;
}

/* Names of a table on top of the stack, "prefix.name"; those of stock Lua's packages are Lua's. */
static void check_names(lua_State *L, lua_State *stock, const char *prefix)
{
    char name[NAME];

    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        const char *key = lua_tostring(L, -2);

        snprintf(name, sizeof name, "%s%s", prefix, key);
        if (strcmp(key, "_G") == 0)
            continue;
        if (!entry_of(COURSE_LUA, name) && !lua_istable(L, -1))
            fault("a Lua name without an entry", name);
        if (!*prefix && lua_istable(L, -1)) {
            if (lua_getglobal(stock, key) == LUA_TNIL) {
                snprintf(name, sizeof name, "%s.", key);
                check_names(L, stock, name);
            } else if (!entry_of(COURSE_LUA, key)) {
                fault("a Lua package without an entry", key);
            }
            lua_pop(stock, 1);
        }
    }
}

static void globals_have_entries(void **state)
{
    struct lua_face *face = face_new();
    lua_State *stock = luaL_newstate();

    (void)state;
    luaL_openlibs(stock);
    lua_pushglobaltable(face->L);
    check_names(face->L, stock, "");
    lua_pop(face->L, 1);
    lua_close(stock);
    lua_face_free(face);
    assert_int_equal(faults, 0);
}

/* Of the metatable on top of the stack, pushes its methods; false: it has none. */
static bool push_methods(lua_State *L)
{
    int kind = lua_getfield(L, -1, "__index");

    if (kind == LUA_TFUNCTION && lua_getupvalue(L, -1, 1)) {
        lua_remove(L, -2);
        kind = lua_type(L, -1);
    }
    if (kind == LUA_TTABLE)
        return true;
    lua_pop(L, 1);
    return false;
}

static void methods_have_entries(void **state)
{
    struct lua_face *face = face_new();
    lua_State *L = face->L;
    int methods = 0;

    (void)state;
    lua_pushvalue(L, LUA_REGISTRYINDEX);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        const char *type = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;

        if (!type || strncmp(type, "_", 1) == 0 || !lua_istable(L, -1) || !push_methods(L))
            continue;
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
            const char *method = lua_tostring(L, -2);
            bool found = false;
            char name[NAME];

            for (size_t i = 0; !found && i < reference.count; i++)
                found = has_method(&reference.entries[i], type, method);
            snprintf(name, sizeof name, "%s:%s", type, method);
            if (!found)
                fault("a Lua method without an entry", name);
            methods++;
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    lua_face_free(face);
    assert_true(methods >= 50);
    assert_int_equal(faults, 0);
}

/* What a path like "sync.Mutex" is in the state: pushes it. */
static int push_path(lua_State *L, const char *path)
{
    const char *dot = strchr(path, '.');
    char first[NAME];

    snprintf(first, sizeof first, "%.*s", dot ? (int)(dot - path) : (int)strlen(path), path);
    lua_getglobal(L, first);
    if (!dot || !lua_istable(L, -1))
        return lua_type(L, -1);
    lua_getfield(L, -1, dot + 1);
    lua_remove(L, -2);
    return lua_type(L, -1);
}

static void entries_are_there_in_lua(void **state)
{
    struct lua_face *face = face_new();
    lua_State *L = face->L;
    char word[NAME];

    (void)state;
    for (size_t i = 0; i < reference.count; i++) {
        const struct reference_entry *entry = &reference.entries[i];

        for (size_t k = 0; k < entry->lua.count; k++) {
            bool value = !strchr(entry->lua.at[k], '(');
            int kind;

            signature_word(entry->lua.at[k], COURSE_LUA, word, sizeof word);
            if (reference_is_member(entry, word))
                continue; /* the programs use them */
            kind = push_path(L, word);
            if (value ? kind == LUA_TNIL
                      : kind != LUA_TFUNCTION && !luaL_getmetafield(L, -1, "__call"))
                fault("an entry for what Lua does not have", word);
            lua_settop(L, 0);
        }
    }
    lua_face_free(face);
    assert_int_equal(faults, 0);
}

/* scope.c's list is the other place that knows the names: what is missing there would count as a
 * shared variable.  Names kept there for what is not there yet need no entry. */
static void library_list_agrees(void **state)
{
    struct lua_face *face = face_new();
    lua_State *stock = luaL_newstate(), *L = face->L;
    size_t len;
    char *text = files_read("engine/lua/scope.c", &len), *at, *end, name[NAME];
    struct text list = {0};

    (void)state;
    luaL_openlibs(stock);
    assert_non_null(text);
    at = strstr(text, "library[] = {");
    assert_non_null(at);
    *strchr(at, ';') = '\0';
    for (at = strchr(at, '"'); at; at = strchr(end + 1, '"')) {
        end = strchr(at + 1, '"');
        snprintf(name, sizeof name, "%.*s", (int)(end - at - 1), at + 1);
        text_addf(&list, " %s ", name);
        if (!entry_of(COURSE_LUA, name)
            && (lua_getglobal(L, name) == LUA_TFUNCTION || lua_getglobal(stock, name) != LUA_TNIL))
            fault("a name of scope.c's library without an entry", name);
    }
    lua_settop(L, 0);
    lua_pushglobaltable(L);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        snprintf(name, sizeof name, " %s ", lua_tostring(L, -2));
        if (!strstr(list.at, name) && strcmp(name, " _G ") != 0)
            fault("a global that scope.c's library does not list", name);
    }
    free(text);
    text_release(&list);
    lua_close(stock);
    lua_face_free(face);
    assert_int_equal(faults, 0);
}

/* A Lua file that defines each name, and is refused by no Lua. */
static void annotations_define_each(void **state)
{
    lua_State *L = luaL_newstate();
    struct text out = {0};
    char word[NAME];

    (void)state;
    luaL_openlibs(L);
    assert_true(annotations_lua(&reference, &out));
    assert_int_equal(strncmp(out.at, ANNOTATIONS_MARK "\n", strlen(ANNOTATIONS_MARK) + 1), 0);
    if (luaL_dostring(L, out.at) != LUA_OK)
        fault("the annotations", lua_tostring(L, -1));
    for (size_t i = 0; i < reference.count; i++) {
        const struct reference_entry *entry = &reference.entries[i];

        for (size_t k = 0; k < entry->lua.count; k++) {
            int kind;

            signature_word(entry->lua.at[k], COURSE_LUA, word, sizeof word);
            if (reference_is_member(entry, word) || !strchr(entry->lua.at[k], '('))
                continue;
            kind = push_path(L, word);
            if (kind != LUA_TFUNCTION && kind != LUA_TTABLE)
                fault("the annotations do not define", word);
            lua_settop(L, 0);
        }
    }
    text_release(&out);
    lua_close(L);
    assert_int_equal(faults, 0);
}

/* --- C ------------------------------------------------------------------------ */

/* go.h up to what is behind its macros, comments cut out, blanks made one. */
static char *header(void)
{
    size_t len;
    char *text = files_read("engine/go.h", &len), *at = text, *end;
    struct text out = {0};

    assert_non_null(text);
    end = strstr(text, "--- behind the macros");
    assert_non_null(end);
    end[-3] = '\0'; /* the comment's begin */
    while (*at) {
        if (strncmp(at, "/*", 2) == 0) {
            at = strstr(at, "*/") + 2;
        } else if (*at == ' ' || strncmp(at, "\\\n", 2) == 0) {
            at += *at == ' ' ? 1 : 2;
            if (out.len && out.at[out.len - 1] != ' ')
                text_add_char(&out, ' ');
        } else {
            text_add_char(&out, *at++);
        }
    }
    free(text);
    return text_take(&out);
}

static void need_c(const char *name)
{
    if (strncmp(name, "GO_", 3) != 0 && strcmp(name, "BRAID_GO_H") != 0
        && strcmp(name, "__attribute__") != 0 && !entry_of(COURSE_C, name))
        fault("go.h has a name without an entry", name);
}

/* Macros, and at the depth of the file: functions, structures.  Returns how many. */
static int check_header(const char *at)
{
    int depth = 0, names = 0;
    char name[NAME];

    for (; *at; at++) {
        size_t len = 0;

        if (*at == '#') {
            if (sscanf(at, "#define %110[A-Za-z0-9_]", name) == 1) {
                need_c(name);
                names++;
            }
            while (at[1] && (*at != '\n'))
                at++;
            continue;
        }
        depth += strchr("({", *at) != NULL;
        depth -= strchr(")}", *at) != NULL;
        while (isalnum((unsigned char)at[len]) || at[len] == '_')
            len++;
        if (depth == 0 && len > 0) {
            bool structure = len == 6 && strncmp(at, "struct", 6) == 0;

            snprintf(name, sizeof name, "%.*s", (int)len, at);
            if (structure && sscanf(at, "struct %100[a-z_0-9]", name + 0) == 1) {
                const char *behind = at + 7 + strlen(name);
                char full[NAME + 8];

                snprintf(full, sizeof full, "struct %s", name);
                behind += strspn(behind, " ");
                if (*behind == '{' || *behind == ';') {
                    need_c(full);
                    names++;
                }
                at += 6 + strlen(name);
            } else {
                if (at[len] == '(') {
                    need_c(name);
                    names++;
                }
                at += len - 1;
            }
        }
    }
    return names;
}

static void header_has_entries(void **state)
{
    char *text = header();

    (void)state;
    assert_true(check_header(text) >= 90);
    free(text);
    assert_int_equal(faults, 0);
}

/* A macro has a shape, all else its prototype, word by word. */
static void prototypes_are_those_of_the_header(void **state)
{
    char *text = header(), word[NAME], define[NAME + 10];

    (void)state;
    for (char *c = text; *c; c++)
        if (*c == '\n' && c[1] == ' ')
            memmove(c, c + 1, strlen(c));
    for (size_t i = 0; i < reference.count; i++)
        for (size_t k = 0; k < reference.entries[i].c.count; k++) {
            const char *prototype = reference.entries[i].c.at[k];

            signature_word(prototype, COURSE_C, word, sizeof word);
            snprintf(define, sizeof define, "#define %s", word);
            if (!strstr(text, define)
                && !strstr(text, strchr(prototype, '(') ? prototype : word))
                fault("not as in go.h", prototype);
        }
    free(text);
    assert_int_equal(faults, 0);
}

/* --- the entries themselves ----------------------------------------------------- */

/* Whether the text has the name as a word of its own. */
static bool mentions(const char *text, const char *name)
{
    for (const char *at = text; (at = strstr(at, name)); at++) {
        char before = at == text ? ' ' : at[-1], after = at[strlen(name)];

        if (!isalnum((unsigned char)before) && before != '_' && !isalnum((unsigned char)after)
            && after != '_')
            return true;
    }
    return false;
}

static void programs_show_their_entry(void **state)
{
    (void)state;
    for (size_t i = 0; i < reference.count; i++) {
        const struct reference_entry *entry = &reference.entries[i];
        const struct reference_entry *shown = reference_shown(&reference, entry);
        const struct reference_list *lists[] = {&entry->lua, &entry->c};

        if (!shown) {
            fault("an entry without a program", entry->name);
            continue;
        }
        for (int language = COURSE_LUA; language <= COURSE_C; language++) {
            bool found = lists[language]->count == 0;

            for (size_t k = 0; shown->program[language] && k < lists[language]->count; k++) {
                char word[NAME];
                const char *name = word;

                signature_word(lists[language]->at[k], (enum course_language)language, word,
                               sizeof word);
                if (language == COURSE_LUA && reference_is_member(entry, word))
                    name = strpbrk(word, ":.") + 1; /* the receiver may have any name */
                found |= mentions(shown->program[language], name);
            }
            if (!found)
                fault(language == COURSE_LUA ? "its program in Lua does not show"
                                             : "its program in C does not show", entry->name);
        }
    }
    assert_int_equal(faults, 0);
}

static void entries_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < reference.count; i++) {
        const struct reference_entry *entry = &reference.entries[i];
        char path[NAME];

        if (!entry->text || !*entry->text)
            fault("an entry without a meaning", entry->name);
        for (size_t k = 0; k < entry->see.count; k++) {
            bool there = false;

            for (size_t j = 0; j < reference.count; j++)
                there |= j != i && strcmp(reference.entries[j].name, entry->see.at[k]) == 0;
            if (!there)
                fault("'see' names what is not there", entry->see.at[k]);
        }
        if (entry->lesson) {
            snprintf(path, sizeof path, "lessons/%s", entry->lesson);
            if (!files_is_folder(path))
                fault("no such lesson", path);
        }
        for (const char *line = entry->text; line && *line; line += strcspn(line, "\n") + 1) {
            if (strcspn(line, "\n") > 80)
                fault("a line over 80 columns in", entry->name);
            if (!strchr(line, '\n'))
                break;
        }
    }
    assert_int_equal(faults, 0);
}

static int clear(void **state)
{
    (void)state;
    faults = 0;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(globals_have_entries, clear),
        cmocka_unit_test_setup(methods_have_entries, clear),
        cmocka_unit_test_setup(entries_are_there_in_lua, clear),
        cmocka_unit_test_setup(library_list_agrees, clear),
        cmocka_unit_test_setup(annotations_define_each, clear),
        cmocka_unit_test_setup(header_has_entries, clear),
        cmocka_unit_test_setup(prototypes_are_those_of_the_header, clear),
        cmocka_unit_test_setup(programs_show_their_entry, clear),
        cmocka_unit_test_setup(entries_are_whole, clear),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
