/* variables.c -- variables and types, as DWARF describes them. */
#include "c/variables.h"

#include "c/entries.h"

#include <stdlib.h>
#include <string.h>

enum { TYPES_DEEP = 32, RANGES_MAX = 8 };

struct variables {
    struct entries entries;
};

struct variables *variables_new(const struct object *object)
{
    struct variables *v = calloc(1, sizeof *v);

    if (v && entries_read(&v->entries, object) && v->entries.count > 0)
        return v;
    variables_free(v);
    return NULL;
}

void variables_free(struct variables *variables)
{
    if (!variables)
        return;
    entries_release(&variables->entries);
    free(variables);
}

/* --- types --------------------------------------------------------------- */

/* The first child, or the one after. */
static const struct entry *child(const struct variables *v, const struct entry *parent,
                                 const struct entry *after)
{
    return entries_child(&v->entries, parent, after);
}

static const struct entry *type_of(const struct variables *v, const struct entry *entry)
{
    const struct entry *type = entries_at(&v->entries, entry->type);

    for (unsigned i = 0; type && i < TYPES_DEEP &&
                         (type->tag == TAG_TYPEDEF || type->tag == TAG_CONST ||
                          type->tag == TAG_VOLATILE || type->tag == TAG_ATOMIC); i++)
        type = entries_at(&v->entries, type->type);
    return type;
}

static uint64_t size_of(const struct variables *v, const struct entry *type, unsigned deep)
{
    uint64_t size;

    if (!type || deep == TYPES_DEEP)
        return 0;
    if (type->tag != TAG_ARRAY || type->size)
        return type->size;
    size = size_of(v, type_of(v, type), deep + 1);
    for (const struct entry *range = child(v, type, NULL); range; range = child(v, type, range))
        if (range->tag == TAG_SUBRANGE && __builtin_mul_overflow(size, range->count, &size))
            return 0;
    return size;
}

static enum variable_kind kind_of(const struct entry *type)
{
    if (type->tag == TAG_ENUM)
        return VARIABLE_SIGNED;
    if (type->tag != TAG_BASE)
        return VARIABLE_OTHER;
    switch (type->encoding) {
    case 2: return VARIABLE_BOOL;
    case 4: return VARIABLE_FLOAT;
    case 5: case 6: return VARIABLE_SIGNED;
    case 7: case 8: return VARIABLE_UNSIGNED;
    default: return VARIABLE_OTHER;
    }
}

static void name_inside(const struct variables *v, const struct entry *type, uint64_t offset,
                        struct text *out, struct variable *variable, unsigned deep);

/* "[1][2]" and what follows.  How many elements there are by the first range does not matter. */
static void name_element(const struct variables *v, const struct entry *type, uint64_t offset,
                         struct text *out, struct variable *variable, unsigned deep)
{
    const struct entry *element = type_of(v, type), *ranges[RANGES_MAX];
    uint64_t stride = size_of(v, element, 0);
    unsigned n = 0;

    for (const struct entry *range = child(v, type, NULL); range && n < RANGES_MAX;
         range = child(v, type, range))
        if (range->tag == TAG_SUBRANGE)
            ranges[n++] = range;
    for (unsigned i = 1; i < n; i++)
        stride *= ranges[i]->count;
    for (unsigned i = 0; i < n && stride > 0; i++) {
        text_addf(out, "[%llu]", (unsigned long long)(offset / stride));
        offset %= stride;
        if (i + 1 < n)
            stride /= ranges[i + 1]->count;
    }
    name_inside(v, element, offset, out, variable, deep + 1);
}

static void name_inside(const struct variables *v, const struct entry *type, uint64_t offset,
                        struct text *out, struct variable *variable, unsigned deep)
{
    *variable = (struct variable){VARIABLE_OTHER, 0};
    if (!type || deep == TYPES_DEEP)
        return;
    if (type->tag == TAG_ARRAY) {
        name_element(v, type, offset, out, variable, deep);
        return;
    }
    if (type->tag != TAG_STRUCT && type->tag != TAG_UNION) {
        *variable = (struct variable){kind_of(type), type->size};
        return;
    }
    for (const struct entry *m = child(v, type, NULL); m; m = child(v, type, m)) {
        uint64_t from = (uint64_t)m->value;
        const struct entry *of = m->tag == TAG_MEMBER ? type_of(v, m) : NULL;

        if (!of || offset < from || offset - from >= size_of(v, of, 0))
            continue;
        if (*m->name)
            text_addf(out, ".%s", m->name);
        name_inside(v, of, offset - from, out, variable, deep + 1);
        return;
    }
}

/* --- names --------------------------------------------------------------- */

static bool name_variable(const struct variables *v, const struct entry *entry, uint64_t offset,
                          struct text *out, struct variable *variable)
{
    text_add(out, entry->name);
    name_inside(v, type_of(v, entry), offset, out, variable, 0);
    return true;
}

/* Whether the byte is one of the variable's, and which. */
static bool covers(const struct variables *v, const struct entry *entry, int64_t from, int64_t at,
                   uint64_t *offset)
{
    if (at < from || !*entry->name)
        return false;
    *offset = (uint64_t)at - (uint64_t)from;
    return *offset < size_of(v, type_of(v, entry), 0);
}

bool variables_global(const struct variables *variables, uint64_t address, struct text *out,
                      struct variable *variable)
{
    uint64_t offset;

    for (size_t i = 0; i < variables->entries.count; i++) {
        const struct entry *entry = &variables->entries.at[i];

        if (entry->tag == TAG_VARIABLE && entry->spot == SPOT_ADDRESS &&
            covers(variables, entry, entry->value, (int64_t)address, &offset))
            return name_variable(variables, entry, offset, out, variable);
    }
    return false;
}

/* Offsets count from the canonical address, or from the frame pointer: on x86-64 two words
 * below. */
bool variables_local(const struct variables *variables, uint64_t pc, int64_t offset,
                     struct text *out, struct variable *variable)
{
    uint64_t inside;

    for (size_t i = 0; i < variables->entries.count; i++) {
        const struct entry *function = &variables->entries.at[i];
        int64_t at = function->frame_pointer ? offset + 16 : offset;

        if (function->tag != TAG_SUBPROGRAM || function->spot != SPOT_IN_FRAME ||
            pc < function->low || pc >= function->high)
            continue;
        /* an inner block's variable may stand at the place of an outer one's that is gone */
        for (size_t k = function->end; k-- > i + 1;) {
            const struct entry *entry = &variables->entries.at[k];

            if ((entry->tag == TAG_VARIABLE || entry->tag == TAG_PARAMETER) &&
                entry->spot == SPOT_IN_FRAME &&
                covers(variables, entry, entry->value, at, &inside))
                return name_variable(variables, entry, inside, out, variable);
        }
    }
    return false;
}

bool variables_member(const struct variables *variables, uint64_t size, uint64_t offset,
                      const char *member, struct text *out, struct variable *variable)
{
    for (size_t i = 0; i < variables->entries.count; i++) {
        const struct entry *type = &variables->entries.at[i];

        if (type->tag != TAG_STRUCT || type->size == 0 || size % type->size != 0)
            continue;
        for (const struct entry *m = child(variables, type, NULL); m;
             m = child(variables, type, m)) {
            const struct entry *of = m->tag == TAG_MEMBER ? type_of(variables, m) : NULL;
            uint64_t in = offset % type->size;

            if (!of || strcmp(m->name, member) != 0 || in < (uint64_t)m->value ||
                in - (uint64_t)m->value >= size_of(variables, of, 0))
                continue;
            name_inside(variables, of, in - (uint64_t)m->value, out, variable, 0);
            return true;
        }
    }
    return false;
}
