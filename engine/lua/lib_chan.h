/* lib_chan.h -- a program's channels, as select sees them. */
#ifndef BRAID_LUA_LIB_CHAN_H
#define BRAID_LUA_LIB_CHAN_H

#include "lua/value.h"
#include "sync/chan.h"

/* Room for an element of any channel a program can have: its own, of times, of a context. */
union lib_element {
    struct value value;
    int64_t time;
};

/* Pushes a received element, which ends it. */
void lib_element_push(lua_State *L, const struct chan *chan, const union lib_element *element);

/* What an operation wants of a channel; the last two a sender's view refuses, those before
 * them a receiver's, in the words of Go's compiler. */
enum chan_use { USE_ANY, USE_SEND, USE_CLOSE, USE_RECV, USE_RANGE };

/* The channel at an index, or of the view there; refuses by an error that names the function. */
struct chan *lib_chan_at(lua_State *L, int index, const char *function, enum chan_use use);

#endif
