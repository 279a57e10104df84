/* entries.h -- DWARF's tree of what a program is made of (DWARF 5, sections 2 and 7.5).
 *
 * All entries of all units are in one array, in order; the tree is kept as the index behind each one's
 * last descendant.  References are offsets in .debug_info, which ascend.  Of an entry only what
 * variables and their types need is kept.
 */
#ifndef BRAID_C_ENTRIES_H
#define BRAID_C_ENTRIES_H

#include "c/object.h"

/* Those that are of use, by DWARF's numbers. */
enum {
    TAG_ARRAY = 0x01, TAG_ENUM = 0x04, TAG_PARAMETER = 0x05, TAG_MEMBER = 0x0d, TAG_STRUCT = 0x13,
    TAG_TYPEDEF = 0x16, TAG_UNION = 0x17, TAG_SUBRANGE = 0x21, TAG_BASE = 0x24, TAG_CONST = 0x26,
    TAG_SUBPROGRAM = 0x2e, TAG_VARIABLE = 0x34, TAG_VOLATILE = 0x35, TAG_ATOMIC = 0x47,
};

enum spot { SPOT_NOWHERE, SPOT_ADDRESS, SPOT_IN_FRAME };

struct entry {
    uint64_t at;          /* its offset in .debug_info */
    uint32_t tag;
    uint32_t end;         /* index behind its last descendant */
    const char *name;     /* in the object; "" */
    uint64_t type;        /* an `at`; 0: none */
    uint64_t size;        /* types */
    uint64_t count;       /* SUBRANGE: elements */
    uint64_t low, high;   /* SUBPROGRAM: its code */
    int64_t value;        /* MEMBER: offset; variables: by spot, an address or an offset */
    enum spot spot;
    uint32_t encoding;    /* BASE */
    bool frame_pointer;   /* SUBPROGRAM: offsets count from its frame pointer, not from the CFA */
    bool high_is_length;
};

struct entries {
    struct entry *at;
    size_t count, cap;
};

/* Reads all; false: out of memory.  Names lie in the object. */
bool entries_read(struct entries *entries, const struct object *object);
void entries_release(struct entries *entries);

/* The entry at an offset; NULL: none. */
const struct entry *entries_at(const struct entries *entries, uint64_t at);

/* The next sibling after one, NULL: the first child; NULL: none. */
const struct entry *entries_child(const struct entries *entries, const struct entry *parent,
                                  const struct entry *after);

#endif
