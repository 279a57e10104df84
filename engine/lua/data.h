/* data.h -- a Lua table of content read as data.
 *
 * The text runs in a Lua of its own with no library and no globals, as source
 * only, under a cap of instructions and of memory, and must return one table of
 * booleans, numbers, strings and tables.  The result is a plain C tree that owes
 * nothing to Lua: same text, same tree.
 *
 * Invariants: a string holds no NUL; a table's items are its keys 1..n, its fields
 * its string keys sorted by bytes; any other key is refused.  The whole tree belongs to
 * its data_file.
 */
#ifndef BRAID_LUA_DATA_H
#define BRAID_LUA_DATA_H

#include "base/region.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum data_kind { DATA_NIL, DATA_BOOL, DATA_INT, DATA_NUM, DATA_STRING, DATA_TABLE };

struct data {
    enum data_kind kind;
    union {
        bool boolean;
        int64_t integer;
        double number;
        const char *string;
        struct {
            struct data *items;
            size_t nitems;
            struct data_field *fields;
            size_t nfields;
        } table;
    };
};

struct data_field {
    const char *key;
    struct data value;
};

struct data_file {
    struct region memory;
    const char *text; /* borrowed from data_load's caller */
    struct data root; /* a table */
};

/* Reads text (len bytes, then a NUL), which must live as long as the file.  `name` is what
 * messages begin with.  False: error (size bytes) says `name:line: what 'subject'`; nothing
 * to release then. */
bool data_load(struct data_file *file, const char *name, const char *text, size_t len,
               char *error, size_t size);
void data_release(struct data_file *file);

/* The value of a field, a nil when the table has none or is no table.  Never NULL. */
const struct data *data_get(const struct data *table, const char *key);

/* The same with its type taken for granted: `otherwise` when it has another. */
const char *data_string(const struct data *table, const char *key, const char *otherwise);
int64_t data_int(const struct data *table, const char *key, int64_t otherwise);
bool data_bool(const struct data *table, const char *key, bool otherwise);

/* "string", "table", ... */
const char *data_kind_name(enum data_kind kind);

/* For messages: the line of the first place where `word` stands as a whole word, looked for
 * from the first place of `after` on (NULL: from the start).  Not found: the line of
 * `after`, or 1. */
uint32_t data_line(const struct data_file *file, const char *after, const char *word);

#endif
