/* face.c -- loads a learner's Lua program and runs it.
 *
 * Preparing: the source is compiled (rewritten first, when its accesses are to be
 * told), a state with the libraries is made in the face's own memory, the compiled
 * program is loaded into it, and the memory is kept.  Running: the memory is put
 * back and goroutine 1 calls the program.  A run that ends in the middle leaves the
 * state in any condition; nobody looks at it again.
 */
#include "lua/face.h"

#include "lua/failure.h"
#include "lua/roots.h"
#include "lua/state.h"

#include "base/text.h"

#include <lauxlib.h>
#include <lualib.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* C stack that library code and one more Lua call may need. */
enum { STACK_MARGIN = 64 * 1024 };

/* A program that does not name it does not count its goroutines. */
#define COUNT_NAME "num_goroutine"

/* Its address is the error value that ends a goroutine quietly. */
static const struct lib_object goexit_key;

/* --- what the libraries use ---------------------------------------------- */

uint32_t state_line(lua_State *L)
{
    return line_find(L, &state_face(L)->lines);
}

struct run *state_at(lua_State *L)
{
    struct lua_face *face = state_face(L);
    uint32_t line = line_find(L, &face->lines);

    face->hooks.shadow.operations++;
    if (line)
        face->run->self->line = line;
    return face->run;
}

_Noreturn void state_out_of_memory(struct lua_face *face)
{
    const struct lua_goroutine *lg = face->run->self->face;

    if (lg->memory_line)
        face->run->self->line = lg->memory_line;
    run_stop(face->run, RUN_MEMORY);
}

void state_raise_fault(lua_State *L, enum fault fault)
{
    struct lua_face *face = state_face(L);

    if (fault == FAULT_NO_MEMORY)
        state_out_of_memory(face);
    if (fault_is_fatal(fault))
        run_panic(face->run, fault_text(fault), true);
    lua_pushstring(L, fault_text(fault));
    lua_error(L);
}

int state_wants(lua_State *L, const char *function, const char *what, int index)
{
    const char *got = lua_isnone(L, index) ? "nothing" : luaL_typename(L, index);

    if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
        got = lua_tostring(L, -1);
    return luaL_error(L, "%s wants %s, got %s", function, what, got);
}

void state_check_stack(lua_State *L)
{
    state_check_room(L, 0);
}

void state_check_room(lua_State *L, size_t bytes)
{
    const struct goroutine *self = state_face(L)->run->self;
    size_t left = (size_t)((const char *)__builtin_frame_address(0) -
                           (const char *)self->fiber.stack);

    if (left < STACK_MARGIN || left - STACK_MARGIN < bytes)
        luaL_error(L, bytes ? "stack overflow (too many cases of a select)"
                            : "stack overflow (too many nested calls)");
}

void *state_goexit(lua_State *L)
{
    (void)L;
    return (void *)&goexit_key;
}

struct shadow *state_shadow(lua_State *L)
{
    struct shadow *shadow = &state_face(L)->hooks.shadow;

    return shadow->run ? shadow : NULL;
}

struct shadow_site state_site(lua_State *L, const char *what)
{
    return shadow_library(&state_face(L)->hooks.shadow, state_line(L), what);
}

void lib_add(lua_State *L, const struct lib_function *functions, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        lua_pushcfunction(L, functions[i].function);
        lua_setfield(L, -2, functions[i].name);
    }
}

static const char *article(const char *type)
{
    bool spelled = type[0] == 'R' && isupper((unsigned char)type[1]); /* an RWMutex */

    return spelled || strchr("aeiou", *type) ? "an" : "a";
}

void lib_type(lua_State *L, const char *name, const struct lib_function *methods, size_t nmethods,
              const struct lib_function *meta, size_t nmeta)
{
    char who[64];

    luaL_newmetatable(L, name);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, name);
    lib_add(L, meta, nmeta);
    lua_newtable(L);
    lib_add(L, methods, nmethods);
    if (nmethods > 0) {
        snprintf(who, sizeof who, "%s %s", article(name), name);
        lib_strict(L, who);
    }
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

struct lib_object *lib_new(lua_State *L, const char *type, size_t size, int user_values)
{
    struct lib_object *object = lua_newuserdatauv(L, size, user_values);

    object->type = type;
    lua_rawgetp(L, LUA_REGISTRYINDEX, type); /* by address: found sooner than by name */
    lua_setmetatable(L, -2);
    return object;
}

void lib_push(lua_State *L, const char *type, void *pointer)
{
    struct lib_pointer *made =
        (struct lib_pointer *)lib_new(L, type, sizeof(struct lib_pointer), 1);

    made->pointer = pointer;
}

/* A method called with a dot has lost its object: " (write c:send(...), with a colon)". */
static const char *colon_hint(lua_State *L, const char *function)
{
    lua_Debug at;

    if (!strchr(function, ':') || !lua_getstack(L, 0, &at) || !lua_getinfo(L, "n", &at) ||
        strcmp(at.namewhat, "method") == 0)
        return "";
    return lua_pushfstring(L, "; write %s(...), with a colon", function);
}

void *lib_to(lua_State *L, int index, const char *type, const char *function)
{
    struct lib_pointer *object = (struct lib_pointer *)lib_test(L, index, type);
    const char *got;

    if (object)
        return object->pointer;
    got = lua_isnone(L, index) ? "nothing" : luaL_typename(L, index);
    if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
        got = lua_tostring(L, -1);
    luaL_error(L, "%s wants %s %s, got %s%s", function, article(type), type, got,
               index == 1 ? colon_hint(L, function) : "");
    return NULL;
}

/* --- goroutines ---------------------------------------------------------- */

/* The goroutine's function with its arguments.  That an error is caught in here, and not where no
 * function runs, lets roots.c find the variables that it closes. */
static int run_function(lua_State *L)
{
    struct lua_face *face = state_face(L);
    struct lua_goroutine *lg = face->run->self->face;
    int status;

    lua_pushcfunction(L, failure_note);
    lua_insert(L, 1);
    status = lua_pcall(L, lua_gettop(L) - 2, 0, 1);
    face->hooks.shadow.operations++; /* this one ends, which is an operation, and others run */
    if (status != LUA_OK)
        failure_end(lg, status);
    return 0;
}

void state_goroutine(void *arg)
{
    struct lua_goroutine *lg = arg;
    lua_State *L = lg->L;
    int status;

    lg->face->run->self->face = lg;
    lua_pushcfunction(L, run_function);
    lua_insert(L, 1);
    status = lua_pcall(L, lua_gettop(L) - 1, 0, 0);
    if (status != LUA_OK)
        failure_end(lg, status);
    lua_settop(L, 0);
    if (lg->thread != LUA_NOREF)
        luaL_unref(L, LUA_REGISTRYINDEX, lg->thread);
}

/* --- running ------------------------------------------------------------- */

/* The state's allocator: remembers where a program ran out of memory, which Lua tells nobody. */
static void *limited_alloc(void *context, void *block, size_t old, size_t size)
{
    struct lua_face *face = context;
    void *moved = alloc_lua(&face->alloc, block, old, size);
    struct lua_goroutine *lg;
    lua_Debug at;

    if (moved || size == 0 || !face->run || !face->run->self)
        return moved;
    lg = face->run->self->face;
    for (int level = 0; lg && lua_getstack(lg->L, level, &at); level++) {
        lua_getinfo(lg->L, "l", &at);
        if (at.currentline > 0) {
            lg->memory_line = (uint32_t)at.currentline;
            break;
        }
    }
    return NULL;
}

static bool is_watched(const struct run *run)
{
    for (const struct watcher *w = run->watchers; w; w = w->next)
        if (w->access)
            return true;
    return false;
}

enum run_end lua_face_run(struct lua_face *face, struct run *run)
{
    for (;;) {
        struct lua_goroutine main = {.face = face, .L = face->L, .thread = LUA_NOREF};

        face->run = run;
        face->shown = 0;
        alloc_reset(&face->alloc);
        shadow_begin(&face->hooks.shadow, run, face->instrumented && is_watched(run),
                     face->rewrite.nsites);
        run->face = face;
        run->reaches = &lua_reaches;
        run->counted = face->counts;
        run->witness = &lua_witness;
        run->may_exit = face->exits;
        budget_begin(&face->budget, run, face->L);
        run_start(run, state_goroutine, &main);
        if (!budget_end(&face->budget, run))
            return run->end;
        run_clear(run);
    }
}

/* --- preparing ----------------------------------------------------------- */

/* A compiled program, as lua_dump writes it. */
static int add_dumped(lua_State *L, const void *bytes, size_t n, void *text)
{
    (void)L;
    text_add_n(text, bytes, n);
    return ((struct text *)text)->failed;
}

/* Compiles to `code`; on failure the message is on the stack of L. */
static bool compile(lua_State *L, const char *text, size_t len, const char *name, struct text *code)
{
    lua_pushfstring(L, "@%s", name);
    if (luaL_loadbufferx(L, text, len, lua_tostring(L, -1), "t") != LUA_OK)
        return false;
    text_clear(code);
    lua_dump(L, add_dumped, code, 0);
    lua_pop(L, 2);
    return !code->failed;
}

/* What luaL_loadfile passes over: a byte order mark, and a first line with '#', but not
 * its end. */
static size_t skipped(const char *text, size_t len)
{
    size_t at = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    if (at < len && text[at] == '#')
        while (at < len && text[at] != '\n')
            at++;
    return at;
}

static bool compile_program(struct lua_face *face, const char *text, size_t len, enum lua_telling telling,
                            struct text *code, char *error, size_t size)
{
    lua_State *L = luaL_newstate();
    size_t skip = skipped(text, len);
    bool good;

    if (!L) {
        snprintf(error, size, "out of memory");
        return false;
    }
    good = compile(L, text + skip, len - skip, face->name, code);
    if (!good)
        snprintf(error, size, "%s", code->failed ? "out of memory" : lua_tostring(L, -1));
    if (good && telling != LUA_TELLS_NOTHING &&
        rewrite_source(&face->rewrite, text, len, telling == LUA_TELLS_STEPS)) {
        struct text rewritten = {0};

        if (compile(L, face->rewrite.text, face->rewrite.len, face->name, &rewritten)) {
            face->instrumented = true;
            text_release(code);
            *code = rewritten;
        } else {
            text_release(&rewritten);
            rewrite_release(&face->rewrite);
        }
    }
    lua_close(L);
    return good;
}

/* Everything in a state that a run starts from; protected, may run out of memory. */
static int prepare(lua_State *L)
{
    struct lua_face *face = lua_touserdata(L, 1);
    const struct text *code = lua_touserdata(L, 2);
    lua_Debug at;

    *(struct lua_face **)lua_getextraspace(L) = face;
    face->scratch = lua_newthread(L);
    luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    face->held = luaL_ref(L, LUA_REGISTRYINDEX);
    line_prepare(L, &face->lines, &face->alloc);
    lua_pushglobaltable(L);
    lib_base_open(L);
    lib_table_open(L);
    lib_go_open(L);
    lib_defer_open(L);
    lib_errors_open(L);
    lib_chan_open(L);
    lib_select_open(L);
    lib_sync_open(L);
    lib_context_open(L);
    lib_time_open(L);
    later_open(L);
    lib_cell_open(L);
    lib_group_open(L);
    lib_limit_open(L);
    lib_work_open(L);
    lib_signal_open(L);
    lib_net_open(L);
    failure_open(L);
    lua_settop(L, 0);
    if (luaL_loadbufferx(L, code->at, code->len, face->name, "b") != LUA_OK)
        return lua_error(L);
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &at);
    snprintf(face->shown_name, sizeof face->shown_name, "%s", at.short_src);
    if (face->instrumented) {
        hooks_push(L, &face->hooks);
        lua_call(L, REWRITE_HOOK_COUNT, 1);
    }
    return 1;
}

static bool prepare_state(struct lua_face *face, struct text *code)
{
    lua_State *L = face->L = lua_newstate(limited_alloc, face);

    if (!L)
        return false;
    lua_pushcfunction(L, prepare);
    lua_pushlightuserdata(L, face);
    lua_pushlightuserdata(L, code);
    if (lua_pcall(L, 2, 1, 0) != LUA_OK)
        return false;
    lua_gc(L, LUA_GCCOLLECT);
    return alloc_keep(&face->alloc);
}

struct lua_face *lua_face_new(const char *name, const char *text, size_t len, enum lua_telling telling,
                              size_t memory_limit, char *error, size_t size)
{
    struct lua_face *face = calloc(1, sizeof *face);
    struct text code = {0};

    snprintf(error, size, "out of memory");
    if (!face)
        return NULL;
    face->name = strdup(name);
    face->counts = memmem(text, len, COUNT_NAME, strlen(COUNT_NAME)) != NULL;
    face->exits = memmem(text, len, "exit", 4) || memmem(text, len, "signal", 6);
    if (!face->name || !alloc_init(&face->alloc, memory_limit)
        || !compile_program(face, text, len, telling, &code, error, size))
        goto fail;
    face->hooks.rewrite = &face->rewrite;
    face->hooks.shadow.alloc = &face->alloc;
    face->hooks.shadow.names = calloc(face->rewrite.nsites + 1, sizeof(uint32_t));
    if (!face->hooks.shadow.names || !prepare_state(face, &code)) {
        snprintf(error, size, "out of memory");
        goto fail;
    }
    text_release(&code);
    return face;

fail:
    text_release(&code);
    lua_face_free(face);
    return NULL;
}

bool lua_face_instrumented(const struct lua_face *face)
{
    return face->instrumented;
}

void lua_face_free(struct lua_face *face)
{
    if (!face)
        return;
    alloc_release(&face->alloc);
    rewrite_release(&face->rewrite);
    free(face->hooks.shadow.names);
    free(face->name);
    free(face);
}
