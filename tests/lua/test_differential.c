/* test_differential.c -- a rewritten program behaves as the learner's own.
 *
 *     test_differential                  the corpus, and generated programs
 *     test_differential [-v] FILE...     programs in files; "--// name" begins the next
 *     test_differential -g COUNT SEED    generated ones (generate.h)
 *     test_differential -t FILE          the rewritten text of a whole file
 *
 * Each program runs twice in stock Lua: as it is, and rewritten with the real
 * hooks (nobody watches).  What it prints and how it ends must be equal.
 */
#include "lua/generate.h"

#include "base/text.h"
#include "lua/alloc.h"
#include "lua/blame.h"
#include "lua/hooks.h"
#include "lua/rewrite.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct text *output;

/* Addresses differ from run to run. */
static void show_value(lua_State *L, int i)
{
    bool address = lua_topointer(L, i) && lua_type(L, i) != LUA_TSTRING
                   && luaL_getmetafield(L, i, "__tostring") == LUA_TNIL;

    text_add(output, address ? luaL_typename(L, i) : luaL_tolstring(L, i, NULL));
}

static int print(lua_State *L)
{
    int n = lua_gettop(L);

    for (int i = 1; i <= n; i++) {
        text_add(output, i > 1 ? "\t" : "");
        show_value(L, i);
        lua_settop(L, n);
    }
    text_add_char(output, '\n');
    return 0;
}

static int pcall_done(lua_State *L, int status, lua_KContext before)
{
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_pushboolean(L, false);
        lua_pushvalue(L, -2);
        return 2;
    }
    return lua_gettop(L) - (int)before;
}

/* Lua's pcall with blame_handler, upvalue 1, as the face's has it. */
static int protected_call(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_pushboolean(L, true);
    lua_insert(L, 2);
    return pcall_done(L, lua_pcallk(L, lua_gettop(L) - 3, LUA_MULTRET, 1, 1, pcall_done), 1);
}

static int called(lua_State *L, int status, lua_KContext context)
{
    (void)status, (void)context;
    return lua_gettop(L);
}

/* The last hook, without what only a goroutine has. */
static int frame(lua_State *L)
{
    lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, called);
    return lua_gettop(L);
}

static void too_long(lua_State *L, lua_Debug *at)
{
    (void)at;
    luaL_error(L, "too long");
}

/* Appends all that the program prints, and its error. */
static void execute(struct text *out, const char *source, size_t len, const struct rewrite *rewrite)
{
    struct hooks hooks = {.rewrite = rewrite};
    const char *text = rewrite ? rewrite->text : source;
    lua_State *L = luaL_newstate();
    int status, base = 1;

    output = out;
    luaL_openlibs(L);
    lua_register(L, "print", print);
    lua_pushlightuserdata(L, (void *)rewrite);
    lua_pushcclosure(L, blame_handler, 1);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, protected_call, 1);
    lua_setglobal(L, "pcall");
    status = luaL_loadbufferx(L, text, rewrite ? rewrite->len : len, "@t.lua", "t");
    if (status == LUA_OK && rewrite) {
        hooks_push(L, &hooks);
        lua_pop(L, 1);
        lua_pushcfunction(L, frame);
        lua_call(L, REWRITE_HOOK_COUNT, 1);
    }
    if (status == LUA_OK) {
        lua_sethook(L, too_long, LUA_MASKCOUNT, 2000000);
        lua_pushinteger(L, 10);
        lua_pushliteral(L, "arg");
        status = lua_pcall(L, 2, LUA_MULTRET, base);
    }
    for (int i = base + 1, n = lua_gettop(L); i <= n; i++) {
        text_add(out, status == LUA_OK ? "returns " : "error: ");
        show_value(L, i);
        text_add_char(out, '\n');
        lua_settop(L, n);
    }
    lua_close(L);
}

/* "(field '?')" says nothing, and versions of Lua differ in it. */
static void drop_unnamed(struct text *text)
{
    static const char *const unnamed[] = {" (field '?')", " (field 'integer index')"};
    char *found;

    for (size_t i = 0; i < 2; i++)
        while (text->at && (found = strstr(text->at, unnamed[i])))
            memmove(found, found + strlen(unnamed[i]), strlen(found + strlen(unnamed[i])) + 1);
}

static bool compiles(const char *source, size_t len)
{
    lua_State *L = luaL_newstate();
    bool good = luaL_loadbufferx(L, source, len, "@t.lua", "t") == LUA_OK;

    lua_close(L);
    return good;
}

static bool check_as(const char *name, const char *source, size_t len, bool apart, bool verbose)
{
    struct text plain = {0}, rewritten = {0};
    struct rewrite rewrite;
    bool good;

    if (!compiles(source, len)) {
        printf("%s: does not compile\n", name);
        return false;
    }
    if (!rewrite_source(&rewrite, source, len, apart)) {
        printf("%s: not understood\n", name);
        return false;
    }
    execute(&plain, source, len, NULL);
    execute(&rewritten, source, len, &rewrite);
    drop_unnamed(&plain);
    drop_unnamed(&rewritten);
    good = strcmp(text_string(&plain), text_string(&rewritten)) == 0
           || strstr(text_string(&plain), "too long") || strstr(text_string(&rewritten), "too long");
    if (!good || verbose)
        printf("%s: %s\n--- source\n%.*s\n--- rewritten\n%s\n--- prints\n%s--- rewritten, it prints\n%s\n",
               name, good ? "same" : "DIFFERS", (int)len, source, rewrite.text,
               text_string(&plain), text_string(&rewritten));
    text_release(&plain);
    text_release(&rewritten);
    rewrite_release(&rewrite);
    return good;
}

static bool check(const char *name, const char *source, size_t len, bool verbose)
{
    return check_as(name, source, len, false, verbose) && check_as(name, source, len, true, verbose);
}

static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;

    *len = 0;
    if (!file)
        return NULL;
    text = malloc(1 << 20);
    if (text) {
        *len = fread(text, 1, (1 << 20) - 1, file);
        text[*len] = '\0';
    }
    fclose(file);
    return text;
}

static bool check_file(const char *path, bool verbose, unsigned *programs)
{
    static const char mark[] = "--// ";
    size_t len;
    char *text = read_file(path, &len), *at, *end = text ? text + len : NULL;
    bool good = true;

    if (!text) {
        printf("%s: cannot be read\n", path);
        return false;
    }
    at = strncmp(text, mark, sizeof mark - 1) == 0 ? text : strstr(text, "\n--// ");
    if (!at) {
        good = check(path, text, len, verbose);
        ++*programs;
    }
    while (at) {
        char *next, name[256];

        at += *at == '\n';
        next = strstr(at, "\n--// ");
        snprintf(name, sizeof name, "%s: %.*s", path, (int)strcspn(at, "\n"), at);
        good = check(name, at, (size_t)((next ? next + 1 : end) - at), verbose) && good;
        ++*programs;
        at = next;
    }
    free(text);
    return good;
}

static int show(const char *path)
{
    struct rewrite rewrite;
    size_t len;
    char *text = read_file(path, &len);

    if (!text || !rewrite_source(&rewrite, text, len, true))
        return 1;
    fputs(rewrite.text, stdout);
    for (uint32_t i = 0; i < rewrite.nsites; i++)
        printf("%u: kind %d %s line %u/%u %s, in %s, self %s\n", i, rewrite.sites[i].kind,
               rewrite.sites[i].write ? "write" : "read", rewrite.sites[i].line,
               rewrite.sites[i].error_line, rewrite.sites[i].name,
               rewrite.sites[i].container ? rewrite.sites[i].container : "-",
               rewrite.sites[i].self ? rewrite.sites[i].self : "-");
    rewrite_release(&rewrite);
    free(text);
    return 0;
}

static bool check_generated(unsigned long count, unsigned long seed)
{
    bool good = true;

    for (unsigned long i = 0; i < count; i++) {
        struct text text = {0};
        char name[64];

        generate(&text, seed + i);
        snprintf(name, sizeof name, "generated %lu", seed + i);
        good = check(name, text_string(&text), text.len, false) && good;
        text_release(&text);
    }
    return good;
}

/* As tests/run counts. */
static bool tell(bool good, const char *name, unsigned programs)
{
    if (good && programs)
        printf("ok %s: %u programs\n", name, programs);
    else
        printf("FAIL %s: a rewritten program differs, or there is none\n", name);
    return good && programs;
}

static bool check_all(void)
{
    static const char *const corpus[] = {
        "tests/lua/corpus/access.lua",
        "tests/lua/corpus/scope.lua",
        "tests/lua/corpus/statements.lua",
        "tests/lua/corpus/grammar.lua",
    };
    bool good = true;

    for (size_t i = 0; i < sizeof corpus / sizeof corpus[0]; i++) {
        unsigned programs = 0;
        bool same = check_file(corpus[i], false, &programs);

        good = tell(same, corpus[i], programs) && good;
    }
    return tell(check_generated(4000, 1), "generated", 4000) && good;
}

int main(int argc, char **argv)
{
    bool good = true, verbose = false;
    unsigned programs = 0;

    if (argc == 1)
        return check_all() ? 0 : 1;
    if (argc == 3 && strcmp(argv[1], "-t") == 0)
        return show(argv[2]);
    if (argc == 4 && strcmp(argv[1], "-g") == 0)
        return check_generated(strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10)) ? 0 : 1;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0)
            verbose = true;
        else
            good = check_file(argv[i], verbose, &programs) && good;
    }
    return tell(good, "files", programs) ? 0 : 1;
}
