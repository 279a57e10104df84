/* dwarf.h -- the numbers and strings that DWARF is written in.
 *
 * Whatever is read was made from a learner's program, and may say anything: past the end
 * everything is 0, and `bad` is set.
 */
#ifndef BRAID_C_DWARF_H
#define BRAID_C_DWARF_H

#include "c/object.h"

struct dwarf {
    const unsigned char *at, *end;
    bool bad;
    bool wide;           /* 64-bit DWARF: offsets of 8 bytes */
};

/* Whether there are n more bytes; else it is bad. */
bool dwarf_has(struct dwarf *r, uint64_t n);

/* An unsigned number of 1, 2, 4 or 8 bytes; one of as many bits as it needs, without and with a
 * sign; an offset into a section. */
uint64_t dwarf_number(struct dwarf *r, unsigned bytes);
uint64_t dwarf_uleb(struct dwarf *r);
int64_t dwarf_sleb(struct dwarf *r);
uint64_t dwarf_offset(struct dwarf *r);

/* The length that a unit begins with, which says whether it is wide. */
uint64_t dwarf_unit(struct dwarf *r);

void dwarf_skip(struct dwarf *r, uint64_t n);

/* Never NULL; it lies in the section. */
const char *dwarf_string(struct dwarf *r);
const char *dwarf_string_at(struct object_bytes strings, uint64_t offset);

#endif
