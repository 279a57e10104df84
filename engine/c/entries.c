/* entries.c -- reads DWARF's tree, versions 4 and 5. */
#include "c/entries.h"

#include "c/dwarf.h"

#include <stdlib.h>
#include <string.h>

/* What is read of DWARF's tables of names (section 7.5). */
enum {
    AT_LOCATION = 0x02, AT_NAME = 0x03, AT_SIZE = 0x0b, AT_LOW_PC = 0x11, AT_HIGH_PC = 0x12,
    AT_UPPER_BOUND = 0x2f, AT_COUNT = 0x37, AT_MEMBER = 0x38, AT_ENCODING = 0x3e, AT_FRAME = 0x40,
    AT_TYPE = 0x49, AT_STRINGS = 0x72, AT_ADDRESSES = 0x73,
};
enum { OP_ADDR = 0x03, OP_REG6 = 0x56, OP_FRAME = 0x91, OP_CFA = 0x9c, OP_ADDRX = 0xa1 };

enum { LEVELS_MAX = 64 };

struct sections {
    struct object_bytes info, abbreviations, strings, line_strings, offsets, addresses;
    struct entries *entries;
    bool failed;          /* out of memory */
};

/* Of the unit being read. */
struct unit {
    uint64_t start;       /* of its header, in .debug_info */
    unsigned version, address_size;
    uint64_t abbreviations;
    uint64_t strings, addresses; /* where its parts of the tables begin */
};

/* --- attributes ---------------------------------------------------------- */

/* One attribute's value: a number, a string or a block. */
struct value {
    uint64_t number;
    const char *string;
    struct dwarf block;
    bool is_constant;
};

static uint64_t table_number(struct object_bytes table, uint64_t at, unsigned size)
{
    struct dwarf r = {.at = table.at, .end = table.at + table.size};

    dwarf_skip(&r, at);
    return dwarf_number(&r, size);
}

static const char *indexed_string(const struct sections *s, const struct unit *unit, bool wide,
                                  uint64_t index)
{
    unsigned size = wide ? 8 : 4;

    if (index > UINT32_MAX)
        return "";
    return dwarf_string_at(s->strings,
                           table_number(s->offsets, unit->strings + index * size, size));
}

static uint64_t indexed_address(const struct sections *s, const struct unit *unit, uint64_t index)
{
    if (index > UINT32_MAX)
        return 0;
    return table_number(s->addresses, unit->addresses + index * unit->address_size,
                        unit->address_size);
}

static struct dwarf block(struct dwarf *r, uint64_t length)
{
    struct dwarf inside = {.at = r->at, .end = r->at};

    if (dwarf_has(r, length))
        inside.end += length;
    dwarf_skip(r, length);
    return inside;
}

/* Three bytes. */
static uint64_t number_3(struct dwarf *r)
{
    uint64_t low = dwarf_number(r, 1);

    low |= dwarf_number(r, 1) << 8;
    return low | dwarf_number(r, 1) << 16;
}

/* Section 7.5.6. */
static struct value read_value(const struct sections *s, const struct unit *unit, struct dwarf *r,
                               uint64_t form, int64_t implicit)
{
    struct value value = {.string = ""};

    switch (form) {
    case 0x01: value.number = dwarf_number(r, unit->address_size); break;
    case 0x03: value.block = block(r, dwarf_number(r, 2)); break;
    case 0x04: value.block = block(r, dwarf_number(r, 4)); break;
    case 0x09: case 0x18: value.block = block(r, dwarf_uleb(r)); break;
    case 0x0a: value.block = block(r, dwarf_number(r, 1)); break;
    case 0x05: value.number = dwarf_number(r, 2); value.is_constant = true; break;
    case 0x06: value.number = dwarf_number(r, 4); value.is_constant = true; break;
    case 0x07: value.number = dwarf_number(r, 8); value.is_constant = true; break;
    case 0x0b: value.number = dwarf_number(r, 1); value.is_constant = true; break;
    case 0x0d: value.number = (uint64_t)dwarf_sleb(r); value.is_constant = true; break;
    case 0x0f: value.number = dwarf_uleb(r); value.is_constant = true; break;
    case 0x21: value.number = (uint64_t)implicit; value.is_constant = true; break;
    case 0x0c: value.number = dwarf_number(r, 1); break;
    case 0x19: value.number = 1; break;
    case 0x08: value.string = dwarf_string(r); break;
    case 0x0e: value.string = dwarf_string_at(s->strings, dwarf_offset(r)); break;
    case 0x1f: value.string = dwarf_string_at(s->line_strings, dwarf_offset(r)); break;
    case 0x1a: value.string = indexed_string(s, unit, r->wide, dwarf_uleb(r)); break;
    case 0x25: value.string = indexed_string(s, unit, r->wide, dwarf_number(r, 1)); break;
    case 0x26: value.string = indexed_string(s, unit, r->wide, dwarf_number(r, 2)); break;
    case 0x27: value.string = indexed_string(s, unit, r->wide, number_3(r)); break;
    case 0x28: value.string = indexed_string(s, unit, r->wide, dwarf_number(r, 4)); break;
    case 0x1b: value.number = indexed_address(s, unit, dwarf_uleb(r)); break;
    case 0x29: value.number = indexed_address(s, unit, dwarf_number(r, 1)); break;
    case 0x2a: value.number = indexed_address(s, unit, dwarf_number(r, 2)); break;
    case 0x2b: value.number = indexed_address(s, unit, number_3(r)); break;
    case 0x2c: value.number = indexed_address(s, unit, dwarf_number(r, 4)); break;
    case 0x10: case 0x17: value.number = dwarf_offset(r); break;
    case 0x11: value.number = unit->start + dwarf_number(r, 1); break;
    case 0x12: value.number = unit->start + dwarf_number(r, 2); break;
    case 0x13: value.number = unit->start + dwarf_number(r, 4); break;
    case 0x14: value.number = unit->start + dwarf_number(r, 8); break;
    case 0x15: value.number = unit->start + dwarf_uleb(r); break;
    case 0x1d: dwarf_offset(r); break;
    case 0x1c: dwarf_skip(r, 4); break;
    case 0x1e: dwarf_skip(r, 16); break;
    case 0x20: case 0x24: dwarf_skip(r, 8); break;
    case 0x22: case 0x23: dwarf_uleb(r); break;
    default: r->bad = true;
    }
    return value;
}

/* --- entries ------------------------------------------------------------- */

/* Where a variable is, when it is at one place all of its life. */
static void locate(const struct sections *s, const struct unit *unit, struct entry *entry,
                   struct dwarf expression)
{
    uint64_t op = dwarf_number(&expression, 1);

    if (op == OP_ADDR) {
        entry->value = (int64_t)dwarf_number(&expression, unit->address_size);
        entry->spot = SPOT_ADDRESS;
    } else if (op == OP_ADDRX) {
        entry->value = (int64_t)indexed_address(s, unit, dwarf_uleb(&expression));
        entry->spot = SPOT_ADDRESS;
    } else if (op == OP_FRAME) {
        entry->value = dwarf_sleb(&expression);
        entry->spot = SPOT_IN_FRAME;
    }
    if (expression.bad || expression.at != expression.end)
        entry->spot = SPOT_NOWHERE;
}

static void note(const struct sections *s, struct unit *unit, struct entry *entry,
                 uint64_t attribute, const struct value *value)
{
    switch (attribute) {
    case AT_NAME: entry->name = value->string; break;
    case AT_TYPE: entry->type = value->number; break;
    case AT_SIZE: entry->size = value->number; break;
    case AT_ENCODING: entry->encoding = (uint32_t)value->number; break;
    case AT_MEMBER: entry->value = (int64_t)value->number; break;
    case AT_COUNT: entry->count = value->number; break;
    case AT_UPPER_BOUND: entry->count = value->is_constant ? value->number + 1 : 0; break;
    case AT_LOW_PC: entry->low = value->number; break;
    case AT_HIGH_PC:
        entry->high = value->number;
        entry->high_is_length = value->is_constant;
        break;
    case AT_LOCATION: locate(s, unit, entry, value->block); break;
    case AT_FRAME:
        entry->frame_pointer = value->block.at < value->block.end && *value->block.at == OP_REG6;
        entry->spot = value->block.at < value->block.end &&
                               (*value->block.at == OP_CFA || entry->frame_pointer)
                           ? SPOT_IN_FRAME
                           : SPOT_NOWHERE;
        break;
    case AT_STRINGS: unit->strings = value->number; break;
    case AT_ADDRESSES: unit->addresses = value->number; break;
    default: break;
    }
}

/* The abbreviation's tag, with `a` at its attributes; 0: there is none of that code. */
static uint64_t abbreviation(const struct sections *s, uint64_t from, uint64_t code,
                             struct dwarf *a, bool *has_children)
{
    *a = (struct dwarf){.at = s->abbreviations.at,
                        .end = s->abbreviations.at + s->abbreviations.size};
    dwarf_skip(a, from);
    for (uint64_t this = dwarf_uleb(a); this && !a->bad; this = dwarf_uleb(a)) {
        uint64_t tag = dwarf_uleb(a), attribute, form;

        *has_children = dwarf_number(a, 1);
        if (this == code)
            return tag;
        do {
            attribute = dwarf_uleb(a);
            form = dwarf_uleb(a);
            if (form == 0x21)
                dwarf_sleb(a);
        } while ((attribute || form) && !a->bad);
    }
    return 0;
}

static struct entry *add(struct sections *s)
{
    if (s->entries->count == s->entries->cap) {
        size_t cap = s->entries->cap ? 2 * s->entries->cap : 256;
        struct entry *bigger = realloc(s->entries->at, cap * sizeof *bigger);

        if (!bigger) {
            s->failed = true;
            return NULL;
        }
        s->entries->at = bigger;
        s->entries->cap = cap;
    }
    s->entries->at[s->entries->count] = (struct entry){.name = ""};
    return &s->entries->at[s->entries->count++];
}

/* One entry and its attributes; whether it has children. */
static bool read_entry(struct sections *s, struct unit *unit, struct dwarf *r, uint64_t code,
                       uint64_t at)
{
    bool children = false;
    struct dwarf a;
    uint64_t tag = abbreviation(s, unit->abbreviations, code, &a, &children);
    struct entry *entry = tag ? add(s) : NULL;

    if (!entry) {
        r->bad = true;
        return false;
    }
    entry->tag = (uint32_t)tag;
    entry->at = at;
    for (;;) {
        uint64_t attribute = dwarf_uleb(&a), form = dwarf_uleb(&a);
        int64_t implicit = form == 0x21 ? dwarf_sleb(&a) : 0;
        struct value value;

        if ((!attribute && !form) || a.bad || r->bad)
            break;
        value = read_value(s, unit, r, form, implicit);
        note(s, unit, entry, attribute, &value);
    }
    if (entry->high_is_length)
        entry->high += entry->low;
    return children;
}

static void read_tree(struct sections *s, struct unit *unit, struct dwarf *r)
{
    size_t open[LEVELS_MAX], level = 0;

    while (r->at < r->end && !r->bad && !s->failed) {
        uint64_t at = (uint64_t)(r->at - s->info.at), code = dwarf_uleb(r);

        if (code == 0) {
            if (level == 0)
                return;
            s->entries->at[open[--level]].end = (uint32_t)s->entries->count;
        } else if (read_entry(s, unit, r, code, at)) {
            if (level == LEVELS_MAX)
                r->bad = true;
            else
                open[level++] = s->entries->count - 1;
        } else if (!r->bad) {
            s->entries->at[s->entries->count - 1].end = (uint32_t)s->entries->count;
        }
    }
    while (level > 0)
        s->entries->at[open[--level]].end = (uint32_t)s->entries->count;
}

/* False: the rest cannot be read. */
static bool read_unit(struct sections *s, struct dwarf *all)
{
    struct unit unit = {.start = (uint64_t)(all->at - s->info.at)};
    uint64_t length = dwarf_unit(all), kind = 1;
    struct dwarf r;

    if (!dwarf_has(all, length))
        return false;
    r = (struct dwarf){.at = all->at, .end = all->at + length, .wide = all->wide};
    dwarf_skip(all, length);
    unit.strings = r.wide ? 16 : 8; /* behind the table's header, where nothing else is said */
    unit.addresses = r.wide ? 16 : 8;
    unit.version = (unsigned)dwarf_number(&r, 2);
    if (unit.version < 4 || unit.version > 5)
        return true;
    if (unit.version == 5) {
        kind = dwarf_number(&r, 1);
        unit.address_size = (unsigned)dwarf_number(&r, 1);
    }
    unit.abbreviations = dwarf_offset(&r);
    if (unit.version == 4)
        unit.address_size = (unsigned)dwarf_number(&r, 1);
    if (kind == 1 && (unit.address_size == 4 || unit.address_size == 8))
        read_tree(s, &unit, &r);
    return true;
}

bool entries_read(struct entries *entries, const struct object *object)
{
    struct sections s = {
        .info = object_section(object, ".debug_info"),
        .abbreviations = object_section(object, ".debug_abbrev"),
        .strings = object_section(object, ".debug_str"),
        .line_strings = object_section(object, ".debug_line_str"),
        .offsets = object_section(object, ".debug_str_offsets"),
        .addresses = object_section(object, ".debug_addr"),
        .entries = entries,
    };
    struct dwarf all = {.at = s.info.at, .end = s.info.at + s.info.size};

    *entries = (struct entries){0};
    while (all.at < all.end && !s.failed && read_unit(&s, &all))
        continue;
    if (s.failed)
        entries_release(entries);
    return !s.failed;
}

void entries_release(struct entries *entries)
{
    free(entries->at);
    *entries = (struct entries){0};
}

const struct entry *entries_at(const struct entries *entries, uint64_t at)
{
    size_t low = 0, high = entries->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (entries->at[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return at && low < entries->count && entries->at[low].at == at ? &entries->at[low] : NULL;
}

const struct entry *entries_child(const struct entries *entries, const struct entry *parent,
                                  const struct entry *after)
{
    size_t at = after ? after->end : (size_t)(parent - entries->at) + 1;

    return at < parent->end && at < entries->count && (!after || &entries->at[at] > after)
               ? &entries->at[at]
               : NULL;
}
