/* state.h -- what the files of the Lua face share; of no use to others (face.h is for them). */
#ifndef BRAID_LUA_STATE_H
#define BRAID_LUA_STATE_H

#include "lua/alloc.h"
#include "lua/budget.h"
#include "lua/hooks.h"
#include "lua/line.h"
#include "lua/rewrite.h"
#include "rt/run.h"

#include <lua.h>

/* Functions of Lua's own library that ours call. */
struct lua_originals {
    lua_CFunction select, format, gsub, insert, remove, sort, concat, unpack, create, wrap;
};

struct lua_face {
    char *name;               /* of the learner's file, */
    char shown_name[LUA_IDSIZE]; /* and as Lua's messages have it */
    struct rewrite rewrite;
    bool counts;              /* it may ask how many goroutines there are */
    bool exits;               /* it may end itself by exit or a signal */
    bool instrumented;        /* it is `rewrite` that runs, with its hooks */
    struct alloc alloc;
    struct hooks hooks;
    lua_State *L;             /* goroutine 1's; every other is a thread of it */
    lua_State *scratch;       /* a thread for looking at values, never run */
    int held;                 /* reference to the table of held values (value.h) */
    struct run *run;          /* the current one */
    struct lua_originals original;
    struct budget budget;
    struct lines lines;
    uint64_t shown;           /* objects that got a number by value_string */
};

/* A goroutine's own data (goroutine.face). */
struct lua_goroutine {
    struct lua_face *face;
    lua_State *L;
    int thread;               /* reference that keeps L; LUA_NOREF for main */
    uint32_t memory_line;     /* where memory was refused last; 0 never */
    struct lua_failure *failure; /* the error raised last; NULL: none yet (failure.h) */
    struct panic *earlier;    /* panics whose deferred calls raised the error on its way */
    struct lua_unwinding *unwinding; /* lib_defer.c: the deferred call that runs; NULL: none */
    bool exiting;             /* it called Goexit, and nothing can stop that */
    bool passed_on;           /* the error about to be raised has been noted before */
};

/* The face a state belongs to. */
static inline struct lua_face *state_face(lua_State *L)
{
    return *(struct lua_face **)lua_getextraspace(L);
}

/* The run, after telling it at which line of the program its goroutine is: first thing in
 * every function that does an operation. */
struct run *state_at(lua_State *L);

/* The line of the innermost function of the program that is running; 0 unknown. */
uint32_t state_line(lua_State *L);

/* A misuse that Go answers with a panic: raises it, or ends the run when it is fatal. */
void state_raise_fault(lua_State *L, enum fault fault);

/* The same, but nothing for FAULT_NONE. */
static inline void state_fault(lua_State *L, enum fault fault)
{
    if (fault != FAULT_NONE)
        state_raise_fault(L, fault);
}

/* Ends the run, where the goroutine was refused memory last. */
_Noreturn void state_out_of_memory(struct lua_face *face);

/* Raises "name wants what; got a nil" at the caller's line. */
int state_wants(lua_State *L, const char *function, const char *what, int index);

/* Raises an error if the C stack of the goroutine is nearly used up: first thing in every
 * function that calls back into Lua. */
void state_check_stack(lua_State *L);

/* The same if fewer than that many bytes and what library code needs are left. */
void state_check_room(lua_State *L, size_t bytes);

/* The error value that ends a goroutine without being an error (runtime.Goexit). */
void *state_goexit(lua_State *L);

/* Entry of a goroutine: its function and arguments are on its stack. */
void state_goroutine(void *arg);

/* Shadow accesses of library functions: NULL when nobody watches. */
struct shadow *state_shadow(lua_State *L);
struct shadow_site state_site(lua_State *L, const char *what);

/* witness.c: what can be told of an access that a hook, or a library function, is telling. */
extern const struct witness lua_witness;

/* The libraries: each puts its functions into the global table on top of the stack. */
void lib_base_open(lua_State *L);
void lib_table_open(lua_State *L);
void lib_go_open(lua_State *L);
void lib_defer_open(lua_State *L);
void lib_errors_open(lua_State *L);
void lib_chan_open(lua_State *L);
void lib_select_open(lua_State *L);
void lib_sync_open(lua_State *L);
void lib_context_open(lua_State *L);
void lib_time_open(lua_State *L);
void lib_cell_open(lua_State *L);
void lib_group_open(lua_State *L);
void lib_limit_open(lua_State *L);
void lib_work_open(lua_State *L);
void lib_signal_open(lua_State *L);
void lib_net_open(lua_State *L);

/* lib_chan.c: pushes a channel that only the engine sends on, as <-chan (NULL: nil). */
struct chan;
void lib_chan_push(lua_State *L, struct chan *chan);

/* One on which the program may send, a whole one or a view; NULL for nil. */
struct chan *lib_chan_to_send(lua_State *L, int index, const char *function);

/* lib_context.c: takes a context, NULL for nil.  lib_context_push: leaves the context, below it
 * (parent: its stack index, 0: none).  lib_context_fail: what Cause says of a context once it is
 * cancelled, the value on top of the stack, which is popped. */
struct context;
struct context *lib_context_to(lua_State *L, int index, const char *function);
void lib_context_push(lua_State *L, struct context *context, int parent);
void lib_context_fail(lua_State *L, struct context *context);

/* lib_defer.c: the hook of a function that defers (rewrite.h, F). */
int defer_frame(lua_State *L);

/* lib_defer.c: whether the value at the index, on its way as an error, is none: Goexit, or a
 * panic that was recovered from. */
bool defer_is_end(lua_State *L, int index);

/* lib_defer.c: for who caught an error; earlier: lua_goroutine.earlier when it began.  0, but does
 * not return when the goroutine is ending by Goexit. */
struct panic;
int defer_caught(lua_State *L, struct panic *earlier);

/* lib_time.c: a duration at an index, in ns; raises an error for what is none. */
lua_Integer lib_duration(lua_State *L, int index);

/* lib_go.c: starts the function at index `first` with the arguments above it. */
void lib_go_start(lua_State *L, int first);

/* later.c: a function that the clock or a cancelled context will start as a goroutine. */
struct later;
struct later *later_new(lua_State *L, int index, const char *who); /* who: for an error */
void later_entry(void *later);

/* later.c: puts a value on the stack that calls end(run, object) when the C function that
 * runs returns, or an error ends it. */
void later_close(lua_State *L, void (*end)(struct run *run, void *object), void *object);
void later_open(lua_State *L);

/* Adds functions to the table on top of the stack. */
struct lib_function {
    const char *name;
    lua_CFunction function;
};
void lib_add(lua_State *L, const struct lib_function *functions, size_t n);

/* missing.c: to read a name that the table on top of the stack does not have raises "who has no
 * 'nam'; it has: ..." instead of giving nil. */
void lib_strict(lua_State *L, const char *who);

/* A metatable "name" with methods (found by __index) and metamethods; leaves nothing. */
void lib_type(lua_State *L, const char *name, const struct lib_function *methods, size_t nmethods,
              const struct lib_function *meta, size_t nmeta);

/* What every userdata that a program can have begins with, the light one of state_goexit too.
 * `type` is compared as a pointer: the static string given to lib_type. */
struct lib_object {
    const char *type;
};

/* Most hold a pointer to an object of the run, and have one user value. */
struct lib_pointer {
    struct lib_object object;
    void *pointer;
};

/* Pushes a new userdata. */
struct lib_object *lib_new(lua_State *L, const char *type, size_t size, int user_values);
void lib_push(lua_State *L, const char *type, void *pointer);

/* The userdata at an index; NULL: not one of that type. */
static inline struct lib_object *lib_test(lua_State *L, int index, const char *type)
{
    struct lib_object *object = lua_touserdata(L, index);

    return object && object->type == type ? object : NULL;
}

/* The pointer held; of another type: raises "function wants a type, got a nil". */
void *lib_to(lua_State *L, int index, const char *type, const char *function);

#endif
