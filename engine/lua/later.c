/* later.c -- functions kept to be started, or calls kept to be made, when something happens. */
#include "lua/state.h"

#include <lauxlib.h>

/* --- started by the clock or a context ------------------------------------ */

struct later {
    struct lua_face *face;
    int function; /* reference in the registry; for the rest of the run */
};

struct later *later_new(lua_State *L, int index, const char *who)
{
    struct later *later;

    if (!lua_isfunction(L, index))
        state_wants(L, who, "a function", index);
    later = region_alloc(&state_face(L)->run->objects, sizeof *later);
    if (!later)
        state_out_of_memory(state_face(L));
    lua_pushvalue(L, index);
    later->face = state_face(L);
    later->function = luaL_ref(L, LUA_REGISTRYINDEX);
    return later;
}

/* Arguments: the goroutine, the struct later.  Makes the thread with the function on it. */
static int make_thread(lua_State *L)
{
    struct lua_goroutine *lg = lua_touserdata(L, 1);
    const struct later *later = lua_touserdata(L, 2);
    lua_State *main = lg->face->L;

    lg->L = lua_newthread(L);
    lg->thread = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_sethook(lg->L, lua_gethook(main), lua_gethookmask(main), lua_gethookcount(main));
    lua_rawgeti(lg->L, LUA_REGISTRYINDEX, later->function);
    return 0;
}

void later_entry(void *arg)
{
    const struct later *later = arg;
    lua_State *scratch = later->face->scratch;
    struct lua_goroutine lg = {.face = later->face, .L = scratch, .thread = LUA_NOREF};

    later->face->run->self->face = &lg;
    lua_settop(scratch, 0);
    lua_pushcfunction(scratch, make_thread);
    lua_pushlightuserdata(scratch, &lg);
    lua_pushlightuserdata(scratch, arg);
    if (lua_pcall(scratch, 2, 0, 0) != LUA_OK)
        state_out_of_memory(later->face);
    state_goroutine(&lg);
}

/* --- when a C function is left --------------------------------------------- */

static const char close_type[] = "call at the end";

struct closing {
    struct lib_object object;
    void (*end)(struct run *run, void *object_of_run);
    void *of_run;
};

void later_close(lua_State *L, void (*end)(struct run *run, void *object), void *object)
{
    struct closing *closing = (struct closing *)lib_new(L, close_type, sizeof *closing, 0);

    closing->end = end;
    closing->of_run = object;
    lua_toclose(L, -1);
}

static int closing_close(lua_State *L)
{
    const struct closing *closing = lua_touserdata(L, 1);

    closing->end(state_at(L), closing->of_run);
    return 0;
}

static const struct lib_function meta[] = {{"__close", closing_close}};

void later_open(lua_State *L)
{
    lib_type(L, close_type, NULL, 0, meta, 1);
}
