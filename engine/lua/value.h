/* value.h -- Lua values on their way through channels, and how they are shown.
 *
 * A goroutine's values live in its own Lua stack; what lies in a channel's buffer
 * or in a waiting goroutine's clause is a struct value.  Strings, tables and the
 * like are held in a table of Lua's registry meanwhile, so each must be pushed or dropped
 * exactly once (or die with the run).
 */
#ifndef BRAID_LUA_VALUE_H
#define BRAID_LUA_VALUE_H

#include "base/text.h"
#include "sync/chan.h"

#include <lua.h>

enum value_tag { VALUE_TAG_NIL, VALUE_TAG_BOOL, VALUE_TAG_INT, VALUE_TAG_NUM, VALUE_TAG_HELD,
                 VALUE_TAG_SIGNAL /* integer: its number; a Lua program sees a string */ };

/* Zeroed it is nil, which is what a closed channel gives. */
struct value {
    enum value_tag tag;
    union {
        bool boolean;
        int64_t integer;
        double number;
        int held; /* a reference in the registry */
    };
};

/* Channels of the Lua face. */
extern const struct chan_type value_type;

struct value value_take(lua_State *L, int index);     /* of the value at a stack index */
void value_push(lua_State *L, const struct value *value); /* ends it */
void value_peek(lua_State *L, const struct value *value); /* a copy on the stack */
void value_drop(lua_State *L, const struct value *value); /* ends it */

/* As Lua's tostring, but without addresses: "table: 1" is the first table ever shown.  Pushes
 * the string. */
const char *value_string(lua_State *L, int index, size_t *len);

/* A short form for reports and the animation, {id=1, name="x"}. */
void value_describe(lua_State *L, int index, struct text *text);

/* What a key is ordered by, lifted off the stack, where it must stay as long. */
struct value_key {
    int index;         /* on the stack, as given */
    enum value_rank { RANK_INTEGER, RANK_NUMBER, RANK_STRING, RANK_BOOLEAN, RANK_OTHER } rank;
    union {
        lua_Integer integer;
        lua_Number number;
        bool boolean;
        uint64_t place; /* in order of creation */
        struct {
            const char *at;
            size_t len;
        } string;
    };
};

struct value_key value_key(lua_State *L, int index);

/* A fixed order of keys: integers, other numbers, strings by their bytes, booleans, then all
 * else in order of creation.  Negative, 0 or positive; for qsort too. */
int value_key_compare(const void *a, const void *b);
int value_compare(lua_State *L, int a, int b);

#endif
