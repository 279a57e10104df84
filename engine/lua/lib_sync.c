/* lib_sync.c -- package sync: WaitGroup, Mutex, RWMutex, Once, Cond, Pool (Map: lib_cell.c). */
#include "lua/state.h"
#include "sync/cond.h"
#include "sync/once.h"
#include "sync/pool.h"
#include "sync/rwmutex.h"
#include "sync/waitgroup.h"

#include <lauxlib.h>

#include <string.h>

static const char wg_type[] = "WaitGroup";
static const char mutex_type[] = "Mutex";
static const char rw_type[] = "RWMutex";
static const char rlocker_type[] = "RLocker";
static const char once_type[] = "Once";
static const char cond_type[] = "Cond";
static const char pool_type[] = "Pool";

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

    state_fault(L, waitgroup_wait(state_at(L), wg));
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

/* --- RWMutex --------------------------------------------------------------- */

static int rw_new(lua_State *L)
{
    struct rwmutex *rw = rwmutex_make(state_at(L), luaL_optstring(L, 1, NULL));

    if (!rw)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, rw_type, rw);
    return 1;
}

static int rw_lock(lua_State *L)
{
    struct rwmutex *rw = lib_to(L, 1, rw_type, "rw:lock");

    rwmutex_lock(state_at(L), rw);
    return 0;
}

static int rw_try_lock(lua_State *L)
{
    struct rwmutex *rw = lib_to(L, 1, rw_type, "rw:try_lock");

    lua_pushboolean(L, rwmutex_try_lock(state_at(L), rw));
    return 1;
}

static int rw_unlock(lua_State *L)
{
    struct rwmutex *rw = lib_to(L, 1, rw_type, "rw:unlock");

    state_fault(L, rwmutex_unlock(state_at(L), rw));
    return 0;
}

static int rw_rlock(lua_State *L)
{
    struct rwmutex *rw = lib_to(L, 1, rw_type, "rw:rlock");

    rwmutex_rlock(state_at(L), rw);
    return 0;
}

static int rw_try_rlock(lua_State *L)
{
    struct rwmutex *rw = lib_to(L, 1, rw_type, "rw:try_rlock");

    lua_pushboolean(L, rwmutex_try_rlock(state_at(L), rw));
    return 1;
}

static int rw_runlock(lua_State *L)
{
    struct rwmutex *rw = lib_to(L, 1, rw_type, "rw:runlock");

    state_fault(L, rwmutex_runlock(state_at(L), rw));
    return 0;
}

/* rw:rlocker(): a Locker whose lock and unlock are rlock and runlock. */
static int rw_rlocker(lua_State *L)
{
    lib_push(L, rlocker_type, lib_to(L, 1, rw_type, "rw:rlocker"));
    return 1;
}

static int rlocker_lock(lua_State *L)
{
    struct rwmutex *rw = lib_to(L, 1, rlocker_type, "l:lock");

    rwmutex_rlock(state_at(L), rw);
    return 0;
}

static int rlocker_unlock(lua_State *L)
{
    struct rwmutex *rw = lib_to(L, 1, rlocker_type, "l:unlock");

    state_fault(L, rwmutex_runlock(state_at(L), rw));
    return 0;
}

/* --- Once ------------------------------------------------------------------ */

static int once_new(lua_State *L)
{
    struct sync_once *once = sync_once_make(state_at(L), luaL_optstring(L, 1, NULL));

    if (!once)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, once_type, once);
    return 1;
}

static void once_over(struct run *run, void *once)
{
    sync_once_end(run, once);
}

/* once:call(f): Go's Do, which is a word of Lua's own. */
static int once_call(lua_State *L)
{
    struct sync_once *once = lib_to(L, 1, once_type, "once:call");

    if (!lua_isfunction(L, 2))
        return state_wants(L, "once:call", "a function", 2);
    state_check_stack(L);
    if (!sync_once_begin(state_at(L), once))
        return 0;
    later_close(L, once_over, once);
    lua_pushvalue(L, 2);
    lua_call(L, 0, 0);
    return 0;
}

/* What once_func and the like return.  Upvalues: the Once, the function, how many results it
 * may have, then what the call came to: {n = how many, ...}, or its error and true. */
enum { ONCE = 1, ONCE_CALL, ONCE_RESULTS, ONCE_VALUE, ONCE_PANICKED, ONCE_UPVALUES = ONCE_PANICKED };

static void call_once(lua_State *L)
{
    int status, n;

    lua_settop(L, 0);
    later_close(L, once_over, lib_to(L, lua_upvalueindex(ONCE), once_type, "once"));
    lua_pushvalue(L, lua_upvalueindex(ONCE_CALL));
    status = lua_pcall(L, 0, (int)lua_tointeger(L, lua_upvalueindex(ONCE_RESULTS)), 0);
    if (status == LUA_ERRMEM)
        state_out_of_memory(state_face(L));
    if (status != LUA_OK) {
        lua_pushboolean(L, true);
        lua_replace(L, lua_upvalueindex(ONCE_PANICKED));
        lua_replace(L, lua_upvalueindex(ONCE_VALUE));
        lua_settop(L, 0); /* the Once is over */
        return;
    }
    n = lua_gettop(L) - 1;
    lua_createtable(L, n, 1);
    lua_insert(L, 2);
    for (int i = n; i >= 1; i--)
        lua_rawseti(L, 2, i);
    lua_pushinteger(L, n);
    lua_setfield(L, 2, "n");
    lua_replace(L, lua_upvalueindex(ONCE_VALUE));
    lua_settop(L, 0);
}

/* As Go's: a panic of the function is every later call's, too. */
static int once_closure(lua_State *L)
{
    struct sync_once *once = lib_to(L, lua_upvalueindex(ONCE), once_type, "once");
    int n;

    state_check_stack(L);
    if (sync_once_begin(state_at(L), once))
        call_once(L);
    lua_settop(L, 0);
    lua_pushvalue(L, lua_upvalueindex(ONCE_VALUE));
    if (lua_toboolean(L, lua_upvalueindex(ONCE_PANICKED)))
        return lua_error(L);
    lua_getfield(L, 1, "n");
    n = (int)lua_tointeger(L, -1);
    lua_settop(L, 1);
    luaL_checkstack(L, n, "too many results");
    for (int i = 1; i <= n; i++)
        lua_rawgeti(L, 1, i);
    return n;
}

static int once_function(lua_State *L, const char *name, int results)
{
    if (!lua_isfunction(L, 1))
        return state_wants(L, name, "a function", 1);
    lua_settop(L, 1);
    lua_pushcfunction(L, once_new);
    lua_call(L, 0, 1);
    lua_insert(L, 1);
    lua_pushinteger(L, results);
    lua_pushnil(L);
    lua_pushnil(L);
    lua_pushcclosure(L, once_closure, ONCE_UPVALUES);
    return 1;
}

/* A function that calls f once, and gives nothing, its value, or all its values. */
static int once_func(lua_State *L)
{
    return once_function(L, "sync.once_func", 0);
}

static int once_value(lua_State *L)
{
    return once_function(L, "sync.once_value", 1);
}

static int once_values(lua_State *L)
{
    return once_function(L, "sync.once_values", LUA_MULTRET);
}

/* --- Cond ------------------------------------------------------------------ */

/* The Mutex, RWMutex or RLocker at an index. */
static struct locker locker_at(lua_State *L, int index, const char *function)
{
    if (lib_test(L, index, rw_type))
        return rwmutex_locker(lib_to(L, index, rw_type, function));
    if (lib_test(L, index, rlocker_type))
        return rwmutex_rlocker(lib_to(L, index, rlocker_type, function));
    if (!lib_test(L, index, mutex_type))
        state_wants(L, function, "a Mutex, RWMutex or RLocker", index);
    return mutex_locker(lib_to(L, index, mutex_type, function));
}

static int cond_new(lua_State *L)
{
    struct locker locker = locker_at(L, 1, "sync.Cond");
    struct cond *cond = cond_make(state_at(L), NULL, luaL_optstring(L, 2, NULL));

    if (!cond)
        state_fault(L, FAULT_NO_MEMORY);
    cond->locker = locker;
    lib_push(L, cond_type, cond);
    return 1;
}

static int wait_on_cond(lua_State *L)
{
    struct cond *cond = lib_to(L, 1, cond_type, "c:wait");

    state_fault(L, cond_wait(state_at(L), cond));
    return 0;
}

static int signal_cond(lua_State *L)
{
    struct cond *cond = lib_to(L, 1, cond_type, "c:signal");

    cond_signal(state_at(L), cond);
    return 0;
}

static int broadcast_cond(lua_State *L)
{
    struct cond *cond = lib_to(L, 1, cond_type, "c:broadcast");

    cond_broadcast(state_at(L), cond);
    return 0;
}

/* --- Pool: user value 1 is {items by number, new = function} ---------------- */

static int pool_new(lua_State *L)
{
    struct sync_pool *pool;

    if (!lua_isnoneornil(L, 1)) {
        luaL_checktype(L, 1, LUA_TTABLE);
        lua_settop(L, 1);
        for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1))
            if (lua_type(L, -2) != LUA_TSTRING || strcmp(lua_tostring(L, -2), "new") != 0)
                return luaL_error(L, "sync.Pool has no option '%s'; it has: new",
                                  luaL_tolstring(L, -2, NULL));
        if (lua_getfield(L, 1, "new") != LUA_TNIL && !lua_isfunction(L, -1))
            return state_wants(L, "sync.Pool{new = ...}", "a function", -1);
    } else {
        lua_settop(L, 0);
        lua_pushnil(L);
        lua_pushnil(L);
    }
    pool = sync_pool_make(state_at(L), NULL);
    if (!pool)
        state_fault(L, FAULT_NO_MEMORY);
    lib_push(L, pool_type, pool);
    lua_newtable(L);
    lua_pushvalue(L, 2);
    lua_setfield(L, -2, "new");
    lua_setiuservalue(L, -2, 1);
    return 1;
}

static int pool_get(lua_State *L)
{
    struct sync_pool *pool = lib_to(L, 1, pool_type, "pool:get");
    uint32_t number;

    state_check_stack(L);
    number = sync_pool_get(state_at(L), pool);
    lua_getiuservalue(L, 1, 1);
    if (number) {
        lua_rawgeti(L, -1, number);
        lua_pushnil(L);
        lua_rawseti(L, -3, number);
        return 1;
    }
    if (lua_getfield(L, -1, "new") != LUA_TNIL)
        lua_call(L, 0, 1);
    return 1;
}

static int pool_put(lua_State *L)
{
    struct sync_pool *pool = lib_to(L, 1, pool_type, "pool:put");
    uint32_t number;

    luaL_checkany(L, 2);
    if (lua_isnil(L, 2))
        return 0; /* as Go: nothing is put */
    number = sync_pool_put(state_at(L), pool);
    if (!number)
        state_fault(L, FAULT_NO_MEMORY);
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, 2);
    lua_rawseti(L, -2, number);
    return 0;
}

/* --- the package ------------------------------------------------------------ */

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

static const struct lib_function rw_methods[] = {
    {"lock", rw_lock},         {"unlock", rw_unlock},
    {"rlock", rw_rlock},       {"runlock", rw_runlock},
    {"try_lock", rw_try_lock}, {"try_rlock", rw_try_rlock},
    {"rlocker", rw_rlocker},
};

static const struct lib_function rlocker_methods[] = {
    {"lock", rlocker_lock}, {"unlock", rlocker_unlock},
};

static const struct lib_function once_methods[] = {{"call", once_call}};

static const struct lib_function cond_methods[] = {
    {"wait", wait_on_cond}, {"signal", signal_cond}, {"broadcast", broadcast_cond}};

static const struct lib_function pool_methods[] = {{"get", pool_get}, {"put", pool_put}};

static const struct lib_function package[] = {
    {"WaitGroup", wg_new}, {"Mutex", mu_new}, {"RWMutex", rw_new},
    {"Once", once_new},    {"Cond", cond_new}, {"Pool", pool_new},
    {"once_func", once_func}, {"once_value", once_value}, {"once_values", once_values},
};

void lib_sync_open(lua_State *L)
{
    lib_type(L, wg_type, wg_methods, sizeof wg_methods / sizeof wg_methods[0], wg_meta, 1);
    lib_type(L, mutex_type, mu_methods, sizeof mu_methods / sizeof mu_methods[0], mu_meta, 1);
    lib_type(L, rw_type, rw_methods, sizeof rw_methods / sizeof rw_methods[0], NULL, 0);
    lib_type(L, rlocker_type, rlocker_methods, 2, NULL, 0);
    lib_type(L, once_type, once_methods, 1, NULL, 0);
    lib_type(L, cond_type, cond_methods, 3, NULL, 0);
    lib_type(L, pool_type, pool_methods, 2, NULL, 0);
    lua_newtable(L);
    lib_add(L, package, sizeof package / sizeof package[0]);
    lib_strict(L, "package sync");
    lua_setfield(L, -2, "sync");
}
