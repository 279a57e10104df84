/* lib_sync.c -- package sync: WaitGroup and Mutex. */
#include "lua/state.h"
#include "sync/mutex.h"
#include "sync/waitgroup.h"

#include <lauxlib.h>

static const char wg_type[] = "WaitGroup";
static const char mutex_type[] = "Mutex";

static int wg_new(lua_State *L)
{
    struct waitgroup *wg = waitgroup_make(state_at(L), luaL_optstring(L, 1, NULL));

    if (!wg)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, wg_type, wg);
    return 1;
}

static int wg_add(lua_State *L)
{
    struct waitgroup *wg = lib_to(L, 1, wg_type, "wg:add");
    lua_Integer delta = luaL_checkinteger(L, 2);

    luaL_argcheck(L, delta >= INT32_MIN && delta <= INT32_MAX, 2, "out of range");
    state_fault(L, waitgroup_add(state_at(L), wg, (int32_t)delta));
    return 0;
}

static int wg_done(lua_State *L)
{
    struct waitgroup *wg = lib_to(L, 1, wg_type, "wg:done");

    state_fault(L, waitgroup_add(state_at(L), wg, -1));
    return 0;
}

static int wg_wait(lua_State *L)
{
    struct waitgroup *wg = lib_to(L, 1, wg_type, "wg:wait");

    waitgroup_wait(state_at(L), wg);
    return 0;
}

static int wg_tostring(lua_State *L)
{
    struct waitgroup *wg = lib_to(L, 1, wg_type, "tostring");

    lua_pushfstring(L, "WaitGroup %d", (int)wg->id);
    return 1;
}

static int mu_new(lua_State *L)
{
    struct mutex *mutex = mutex_make(state_at(L), luaL_optstring(L, 1, NULL));

    if (!mutex)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, mutex_type, mutex);
    return 1;
}

static int mu_lock(lua_State *L)
{
    struct mutex *mutex = lib_to(L, 1, mutex_type, "mu:lock");

    mutex_lock(state_at(L), mutex);
    return 0;
}

static int mu_try_lock(lua_State *L)
{
    struct mutex *mutex = lib_to(L, 1, mutex_type, "mu:try_lock");

    lua_pushboolean(L, mutex_try_lock(state_at(L), mutex));
    return 1;
}

static int mu_unlock(lua_State *L)
{
    struct mutex *mutex = lib_to(L, 1, mutex_type, "mu:unlock");

    state_fault(L, mutex_unlock(state_at(L), mutex));
    return 0;
}

static int mu_tostring(lua_State *L)
{
    struct mutex *mutex = lib_to(L, 1, mutex_type, "tostring");

    lua_pushfstring(L, "Mutex %d", (int)mutex->id);
    return 1;
}

static const struct lib_function wg_methods[] = {
    {"add", wg_add},
    {"done", wg_done},
    {"wait", wg_wait},
};

static const struct lib_function wg_meta[] = {{"__tostring", wg_tostring}};

static const struct lib_function mu_methods[] = {
    {"lock", mu_lock},
    {"try_lock", mu_try_lock},
    {"unlock", mu_unlock},
};

static const struct lib_function mu_meta[] = {{"__tostring", mu_tostring}};

static const struct lib_function package[] = {{"WaitGroup", wg_new}, {"Mutex", mu_new}};

void lib_sync_open(lua_State *L)
{
    lib_type(L, wg_type, wg_methods, sizeof wg_methods / sizeof wg_methods[0], wg_meta, 1);
    lib_type(L, mutex_type, mu_methods, sizeof mu_methods / sizeof mu_methods[0], mu_meta, 1);
    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    lua_setfield(L, -2, "sync");
}
