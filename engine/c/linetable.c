/* linetable.c -- DWARF's line table.
 *
 * The table is a program for a small machine (DWARF 5, section 6.2): registers address,
 * file and line, and instructions that change them and append a row.  A row holds from its
 * address to that of the next one.
 */
#include "c/linetable.h"

#include "c/dwarf.h"

#include <stdlib.h>
#include <string.h>

struct row {
    uint64_t address;
    uint32_t file, line; /* file: index in its files */
    uint32_t order;
    bool end;            /* the first address behind a sequence */
};

struct linetable {
    struct row *rows;    /* ascending by address */
    size_t count, cap;
    char **files;
    size_t nfiles, files_cap;
    bool failed;         /* out of memory */
};

struct unit {
    struct object_bytes line_strings, strings;
    unsigned version, address_size;
    unsigned min_length, line_range, opcode_base;
    int line_base;
    unsigned char lengths[256]; /* operands of the standard opcodes */
    size_t first_file;   /* index in its files of the unit's file 0 or 1 */
    size_t nfiles;
    struct dwarf program;
};

/* --- files --------------------------------------------------------------- */

static void *grown(struct linetable *table, void *array, size_t *cap, size_t count, size_t size)
{
    size_t more = *cap ? 2 * *cap : 64;
    void *bigger;

    if (count < *cap)
        return array;
    bigger = realloc(array, more * size);
    if (!bigger) {
        table->failed = true;
        return array;
    }
    *cap = more;
    return bigger;
}

static void add_file(struct linetable *table, struct unit *unit, const char *name)
{
    table->files = grown(table, table->files, &table->files_cap, table->nfiles,
                         sizeof *table->files);
    if (table->failed)
        return;
    table->files[table->nfiles] = strdup(name);
    if (!table->files[table->nfiles]) {
        table->failed = true;
        return;
    }
    table->nfiles++;
    unit->nfiles++;
}

static void read_files_old(struct linetable *table, struct unit *unit, struct dwarf *r)
{
    while (*dwarf_string(r) && !r->bad)
        continue; /* directories */
    for (const char *name = dwarf_string(r); *name && !r->bad && !table->failed;
         name = dwarf_string(r)) {
        add_file(table, unit, name);
        dwarf_uleb(r); /* directory, time, length */
        dwarf_uleb(r);
        dwarf_uleb(r);
    }
}

/* One value of an entry, of which only strings matter. */
static const char *form(struct unit *unit, struct dwarf *r, uint64_t code)
{
    switch (code) {
    case 0x08: return dwarf_string(r);
    case 0x0e: return dwarf_string_at(unit->strings, dwarf_offset(r));
    case 0x1f: return dwarf_string_at(unit->line_strings, dwarf_offset(r));
    case 0x0b: dwarf_skip(r, 1); break;
    case 0x05: dwarf_skip(r, 2); break;
    case 0x06: dwarf_skip(r, 4); break;
    case 0x07: dwarf_skip(r, 8); break;
    case 0x1e: dwarf_skip(r, 16); break;
    case 0x0f: dwarf_uleb(r); break;
    case 0x09: dwarf_skip(r, dwarf_uleb(r)); break;
    default: r->bad = true;
    }
    return NULL;
}

/* A list of entries that begins with its own format: directories, then files. */
static void read_entries(struct linetable *table, struct unit *unit, struct dwarf *r, bool files)
{
    uint64_t content[16], forms[16], count;
    unsigned n = (unsigned)dwarf_number(r, 1);

    if (n > 16)
        r->bad = true;
    for (unsigned i = 0; i < n && !r->bad; i++) {
        content[i] = dwarf_uleb(r);
        forms[i] = dwarf_uleb(r);
    }
    count = dwarf_uleb(r);
    for (uint64_t i = 0; i < count && n > 0 && !r->bad && !table->failed; i++) {
        const char *name = "";

        for (unsigned k = 0; k < n && !r->bad; k++) {
            const char *value = form(unit, r, forms[k]);

            if (content[k] == 1 && value) /* DW_LNCT_path */
                name = value;
        }
        if (files)
            add_file(table, unit, name);
    }
}

/* --- the program --------------------------------------------------------- */

struct machine {
    uint64_t address;
    uint64_t file, line;
};

static void add_row(struct linetable *table, struct unit *unit, const struct machine *m, bool end)
{
    uint64_t first = unit->version >= 5 ? 0 : 1, file = m->file - first;

    table->rows = grown(table, table->rows, &table->cap, table->count, sizeof *table->rows);
    if (table->failed)
        return;
    table->rows[table->count] = (struct row){
        .address = m->address,
        .file = file < unit->nfiles ? (uint32_t)(unit->first_file + file) : UINT32_MAX,
        .line = (uint32_t)m->line,
        .order = (uint32_t)table->count,
        .end = end,
    };
    table->count++;
}

static void advance(struct unit *unit, struct machine *m, uint64_t operations)
{
    m->address += operations * unit->min_length;
}

/* An opcode behind a 0 and its length; true: the sequence is over. */
static bool extended(struct linetable *table, struct unit *unit, struct machine *m)
{
    struct dwarf *r = &unit->program;
    uint64_t length = dwarf_uleb(r);
    const unsigned char *next;
    unsigned code;

    if (length == 0 || !dwarf_has(r, length)) {
        r->bad = true;
        return true;
    }
    next = r->at + length;
    code = (unsigned)dwarf_number(r, 1);
    if (code == 1)
        add_row(table, unit, m, true);
    else if (code == 2)
        m->address = dwarf_number(r, (unsigned)length - 1);
    r->at = next;
    return code == 1;
}

static void standard(struct linetable *table, struct unit *unit, struct machine *m, unsigned code)
{
    struct dwarf *r = &unit->program;

    switch (code) {
    case 1: add_row(table, unit, m, false); break;
    case 2: advance(unit, m, dwarf_uleb(r)); break;
    case 3: m->line += (uint64_t)dwarf_sleb(r); break;
    case 4: m->file = dwarf_uleb(r); break;
    case 8: advance(unit, m, (255 - unit->opcode_base) / unit->line_range); break;
    case 9: m->address += dwarf_number(r, 2); break;
    default:
        for (unsigned i = 0; i < unit->lengths[code]; i++)
            dwarf_uleb(r);
    }
}

static void execute(struct linetable *table, struct unit *unit)
{
    const struct machine start = {.file = 1, .line = 1};
    struct machine m = start;
    struct dwarf *r = &unit->program;

    while (r->at < r->end && !r->bad && !table->failed) {
        unsigned code = (unsigned)dwarf_number(r, 1);

        if (code >= unit->opcode_base) {
            unsigned adjusted = code - unit->opcode_base;

            advance(unit, &m, adjusted / unit->line_range);
            m.line += (uint64_t)(int64_t)(unit->line_base + (int)(adjusted % unit->line_range));
            add_row(table, unit, &m, false);
        } else if (code == 0) {
            if (extended(table, unit, &m))
                m = start;
        } else {
            standard(table, unit, &m, code);
        }
    }
}

/* Reads a unit's header and runs its program; false: the rest cannot be read. */
static bool read_unit(struct linetable *table, struct unit *unit, struct dwarf *all)
{
    uint64_t length = dwarf_unit(all), header;
    struct dwarf r;

    if (!dwarf_has(all, length))
        return false;
    r = (struct dwarf){.at = all->at, .end = all->at + length, .wide = all->wide};
    dwarf_skip(all, length);
    unit->version = (unsigned)dwarf_number(&r, 2);
    if (unit->version < 2 || unit->version > 5)
        return true;
    if (unit->version >= 5)
        dwarf_skip(&r, 2); /* sizes of addresses and segment selectors */
    header = dwarf_offset(&r);
    if (!dwarf_has(&r, header))
        return true;
    unit->program = (struct dwarf){.at = r.at + header, .end = r.end};
    unit->min_length = (unsigned)dwarf_number(&r, 1);
    if (unit->version >= 4)
        dwarf_skip(&r, 1); /* operations in one instruction */
    dwarf_skip(&r, 1);     /* whether rows begin a statement */
    unit->line_base = (int8_t)dwarf_number(&r, 1);
    unit->line_range = (unsigned)dwarf_number(&r, 1);
    unit->opcode_base = (unsigned)dwarf_number(&r, 1);
    for (unsigned i = 1; i < unit->opcode_base; i++)
        unit->lengths[i] = (unsigned char)dwarf_number(&r, 1);
    unit->first_file = table->nfiles;
    unit->nfiles = 0;
    if (unit->version >= 5) {
        read_entries(table, unit, &r, false);
        read_entries(table, unit, &r, true);
    } else {
        read_files_old(table, unit, &r);
    }
    if (!r.bad && unit->line_range > 0)
        execute(table, unit);
    return true;
}

/* Of rows at one address the last one counts; the end of a sequence comes first. */
static int by_address(const void *a, const void *b)
{
    const struct row *x = a, *y = b;

    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    if (x->end != y->end)
        return x->end ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

struct linetable *linetable_new(const struct object *object)
{
    struct object_bytes bytes = object_section(object, ".debug_line");
    struct linetable *table = bytes.size ? calloc(1, sizeof *table) : NULL;
    struct dwarf all = {.at = bytes.at, .end = bytes.at + bytes.size};
    struct unit unit = {
        .line_strings = object_section(object, ".debug_line_str"),
        .strings = object_section(object, ".debug_str"),
    };

    if (!table)
        return NULL;
    while (all.at < all.end && !table->failed && read_unit(table, &unit, &all))
        continue;
    if (table->failed) {
        linetable_free(table);
        return NULL;
    }
    if (table->count > 0)
        qsort(table->rows, table->count, sizeof *table->rows, by_address);
    return table;
}

void linetable_free(struct linetable *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->nfiles; i++)
        free(table->files[i]);
    free(table->files);
    free(table->rows);
    free(table);
}

uint32_t linetable_find(const struct linetable *table, uint64_t address, const char **file)
{
    size_t low = 0, high = table->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (table->rows[middle].address <= address)
            low = middle + 1;
        else
            high = middle;
    }
    /* line 0 is code the compiler made up: it belongs to what came before */
    while (low > 0 && !table->rows[low - 1].end && table->rows[low - 1].line == 0)
        low--;
    if (low == 0 || table->rows[low - 1].end || table->rows[low - 1].file == UINT32_MAX)
        return 0;
    *file = table->files[table->rows[low - 1].file];
    return table->rows[low - 1].line;
}
