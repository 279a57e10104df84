/* face.h -- the Lua face: runs a learner's Lua program.
 *
 * The program is loaded and its Lua state prepared once; every run starts from
 * that same state.  A goroutine is a Lua thread on its own fiber, so an operation
 * that blocks is a plain C call.
 */
#ifndef BRAID_LUA_FACE_H
#define BRAID_LUA_FACE_H

#include "rt/run.h"

#include <stdbool.h>
#include <stddef.h>

struct lua_face;

/* What the runs tell their watchers of the program's memory accesses: nothing; each; each before it
 * is made, so that it can be a step (run.points). */
enum lua_telling { LUA_TELLS_NOTHING, LUA_TELLS_ACCESSES, LUA_TELLS_STEPS };

/* Loads a source.  `name` is the file's name as messages show it.  memory_limit: bytes that
 * Lua may use in a run.  NULL: *error (size bytes) says why, "file.lua:3: ... near 'x'".
 * Free with lua_face_free. */
struct lua_face *lua_face_new(const char *name, const char *text, size_t len, enum lua_telling telling,
                              size_t memory_limit, char *error, size_t size);

/* One whole run; the run must be clear.  An error that nobody caught is a panic.  A free run that
 * takes long is made again from its beginning (budget.h): watchers' and strategy's `begin`
 * then comes once more. */
enum run_end lua_face_run(struct lua_face *face, struct run *run);

/* Whether the accesses are told; false also when the program is too large to rewrite. */
bool lua_face_instrumented(const struct lua_face *face);

void lua_face_free(struct lua_face *face);

#endif
