/* line.c -- lines by saved program counter. */
#include "lua/line.h"

#include <lauxlib.h>

#include <stdbool.h>
#include <string.h>

/* Calls made to find the counter, and words of a call's record that are looked at. */
enum { CALLS = 4, WORDS = 8 };

struct probe {
    unsigned calls;
    uintptr_t words[CALLS][WORDS];
};

/* Notes the record of the function that calls it.  Upvalue 1: the struct probe. */
static int look(lua_State *L)
{
    struct probe *probe = lua_touserdata(L, lua_upvalueindex(1));
    lua_Debug at;

    if (lua_getstack(L, 1, &at) && probe->calls < CALLS)
        memcpy(probe->words[probe->calls++], at.i_ci, sizeof probe->words[0]);
    return 0;
}

/* Between two of the same calls in a row the counter goes on by the same few instructions. */
static bool moves_along(const struct probe *probe, unsigned word)
{
    uintptr_t stride = probe->words[1][word] - probe->words[0][word];

    if (stride == 0 || stride > 64)
        return false;
    for (unsigned i = 2; i < CALLS; i++)
        if (probe->words[i][word] - probe->words[i - 1][word] != stride)
            return false;
    return true;
}

void line_prepare(lua_State *L, struct lines *lines)
{
    static const char calls[] = "local look = ... look() look() look() look()";
    struct probe probe = {0};

    *lines = (struct lines){0};
    if (luaL_loadbufferx(L, calls, sizeof calls - 1, "=calls", "t") != LUA_OK)
        lua_error(L);
    lua_pushlightuserdata(L, &probe);
    lua_pushcclosure(L, look, 1);
    lua_call(L, 1, 0);
    for (unsigned word = 1; probe.calls == CALLS && word < WORDS && !lines->counter; word++)
        if (moves_along(&probe, word))
            lines->counter = word;
}

uint32_t line_find(lua_State *L, struct lines *lines)
{
    uintptr_t counter = 0;
    lua_Debug at;

    for (int level = 1; lua_getstack(L, level, &at); level++) {
        unsigned place;

        /* of a C function the word is something else, which is no function's counter */
        if (lines->counter)
            counter = ((const uintptr_t *)at.i_ci)[lines->counter];
        place = (unsigned)(counter / 4 * 0x9e3779b1u >> 8) % LINE_PLACES;
        if (counter && lines->places[place].counter == counter)
            return lines->places[place].line;
        lua_getinfo(L, "l", &at);
        if (at.currentline <= 0)
            continue;
        lines->places[place].counter = counter;
        lines->places[place].line = (uint32_t)at.currentline;
        return (uint32_t)at.currentline;
    }
    return 0;
}
