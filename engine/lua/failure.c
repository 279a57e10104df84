/* failure.c -- an error of a learner's program, from where it was raised to what it ends. */
#include "lua/failure.h"

#include "base/text.h"
#include "lua/blame.h"
#include "lua/meant.h"
#include "lua/value.h"
#include "rt/basic.h"

#include <lauxlib.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Registry key of our `assert`. */
static const char assert_key;

/* --- where it was raised --------------------------------------------------- */

static bool raised_by_assert(lua_State *L)
{
    lua_Debug at;
    bool is_assert;

    if (!lua_getstack(L, 1, &at))
        return false;
    lua_getinfo(L, "f", &at);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &assert_key);
    is_assert = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return is_assert;
}

/* The words of "file.lua:12: words", and the line; without a position *line stays. */
static const char *split(const struct lua_face *face, const char *message, uint32_t *line)
{
    size_t len = strlen(face->shown_name);
    unsigned long number;
    char *end;

    if (strncmp(message, face->shown_name, len) != 0 || message[len] != ':')
        return message;
    number = strtoul(message + len + 1, &end, 10);
    if (end == message + len + 1 || strncmp(end, ": ", 2) != 0)
        return message;
    *line = (uint32_t)number;
    return end + 2;
}

static bool is_frame_hook(lua_State *L, int level)
{
    lua_Debug at;
    bool is;

    if (!lua_getstack(L, level, &at))
        return false;
    lua_getinfo(L, "f", &at);
    is = lua_tocfunction(L, -1) == defer_frame;
    lua_pop(L, 1);
    return is;
}

/* "worker", or for a function without a name "function <pool.lua:12>". */
static void name_function(lua_State *L, int level, char *name, size_t size)
{
    const struct lua_goroutine *lg = state_face(L)->run->self->face;
    lua_Debug at, below;
    bool outermost = !lua_getstack(L, level + 1, &below);

    name[0] = '\0';
    if (!lua_getstack(L, level, &at))
        return;
    lua_getinfo(L, "nS", &at);
    if (outermost && lg->thread == LUA_NOREF && lg->L == L)
        snprintf(name, size, "main");
    else if (at.name && *at.namewhat)
        snprintf(name, size, "%s", at.name);
    else
        snprintf(name, size, "function <%s:%d>", at.short_src, at.linedefined);
}

/* A function that defers runs inside the one that the learner called (rewrite.h, F). */
static void note_frames(lua_State *L, struct lua_failure *failure)
{
    lua_Debug at;

    failure->nframes = 0;
    for (int level = 1; failure->nframes < PANIC_FRAMES && lua_getstack(L, level, &at); level++) {
        lua_getinfo(L, "l", &at);
        if (at.currentline <= 0)
            continue;
        if (is_frame_hook(L, level + 1))
            level += 2;
        failure->frames[failure->nframes].line = (uint32_t)at.currentline;
        name_function(L, level, failure->frames[failure->nframes].function,
                      sizeof failure->frames[0].function);
        failure->nframes++;
    }
}

void failure_tell_stack(lua_State *L)
{
    struct lua_failure here;

    note_frames(L, &here);
    for (uint32_t i = 0; i < here.nframes; i++)
        panic_frame(state_face(L)->run, here.frames[i].function, here.frames[i].line, 0);
}

int failure_note(lua_State *L)
{
    struct lua_face *face = state_face(L);
    struct lua_goroutine *lg = face->run->self->face;
    bool noted = lg->passed_on;

    lua_settop(L, 1);
    lg->passed_on = false;
    if (noted || defer_is_end(L, 1))
        return 1;
    if (!lg->failure)
        lg->failure = region_alloc(&face->run->objects, sizeof *lg->failure);
    if (!lg->failure)
        state_out_of_memory(face);
    lg->failure->check = raised_by_assert(L);
    lg->failure->line = 0;
    note_frames(L, lg->failure);
    if (lg->failure->nframes > 0)
        lg->failure->line = lg->failure->frames[0].line;
    if (face->instrumented)
        blame_in_place(L, &face->rewrite);
    meant_in_place(L);
    if (lua_type(L, 1) == LUA_TSTRING)
        split(face, lua_tostring(L, 1), &lg->failure->line);
    return 1;
}

int failure_pass_on(lua_State *L)
{
    struct lua_goroutine *lg = state_face(L)->run->self->face;

    lg->passed_on = !defer_is_end(L, -1);
    return lua_error(L);
}

const char *failure_words(lua_State *L, int index)
{
    uint32_t line;

    if (lua_type(L, index) == LUA_TSTRING)
        return lua_pushstring(L, split(state_face(L), lua_tostring(L, index), &line));
    return value_string(L, index, NULL);
}

int failure_error(lua_State *L)
{
    lua_Integer level = luaL_optinteger(L, 2, 1);
    int at = 1;

    lua_settop(L, 1);
    if (lua_type(L, 1) != LUA_TSTRING || level <= 0)
        return lua_error(L);
    for (; level > 1; level--)
        at += is_frame_hook(L, at + 1) ? 3 : 1;
    luaL_where(L, at);
    lua_insert(L, 1);
    lua_concat(L, 2);
    return lua_error(L);
}

/* --- the end ----------------------------------------------------------------- */

/* Argument: the error. */
static int words(lua_State *L)
{
    failure_words(L, 1);
    return 1;
}

static _Noreturn void end_by_panic(const struct lua_goroutine *lg, const char *message)
{
    struct panic last = {.earlier = lg->earlier, .text = message};
    struct text all = {0};
    char text[1024]; /* as much as run_panic takes */
    uint32_t nframes = lg->failure ? lg->failure->nframes : 0;

    panic_text(&all, &last);
    snprintf(text, sizeof text, "%s", text_string(&all));
    text_release(&all);
    for (uint32_t i = 0; i < nframes; i++)
        panic_frame(lg->face->run, lg->failure->frames[i].function, lg->failure->frames[i].line, 0);
    run_panic(lg->face->run, text, false);
}

_Noreturn void failure_end(struct lua_goroutine *lg, int status)
{
    struct run *run = lg->face->run;
    const char *message = NULL;

    if (status == LUA_ERRMEM)
        state_out_of_memory(lg->face);
    if (defer_is_end(lg->L, -1)) {
        if (lg->exiting)
            run_goexit(run);
        run_return(run);
    }
    lua_pushcfunction(lg->L, words);
    lua_pushvalue(lg->L, -2);
    if (lua_pcall(lg->L, 1, 1, 0) == LUA_OK)
        message = lua_tostring(lg->L, -1);
    if (!message)
        message = "an error";
    if (lg->failure && lg->failure->line)
        run->self->line = lg->failure->line;
    if (lg->failure && lg->failure->check) {
        bool bare = strcmp(message, "assertion failed!") == 0;
        char text[512]; /* not in Lua: it could run out of memory, and nobody would catch that */

        snprintf(text, sizeof text, "assertion failed%s%s", bare ? "" : ": ", bare ? "" : message);
        basic_check_failed(run, text);
    }
    end_by_panic(lg, message);
}

void failure_open(lua_State *L)
{
    lua_getfield(L, -1, "assert");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &assert_key);
}
