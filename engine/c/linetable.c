/* linetable.c -- DWARF's line table.
 *
 * The table is a program for a small machine (DWARF 5, section 6.2): registers address,
 * file and line, and instructions that change them and append a row.  A row holds from its
 * address to that of the next one.
 */
#include "c/linetable.h"

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

/* What is read from; past the end everything is 0 and `bad` is set. */
struct reader {
    const unsigned char *at, *end;
    bool bad;
    bool wide;           /* 64-bit DWARF: offsets of 8 bytes */
};

struct unit {
    struct object_bytes line_strings, strings;
    unsigned version, address_size;
    unsigned min_length, line_range, opcode_base;
    int line_base;
    unsigned char lengths[256]; /* operands of the standard opcodes */
    size_t first_file;   /* index in its files of the unit's file 0 or 1 */
    size_t nfiles;
    struct reader program;
};

/* --- reading ------------------------------------------------------------- */

static bool has(struct reader *r, uint64_t n)
{
    if (!r->bad && n <= (uint64_t)(r->end - r->at))
        return true;
    r->bad = true;
    return false;
}

static uint64_t number(struct reader *r, unsigned bytes)
{
    uint64_t value = 0;

    if (!has(r, bytes))
        return 0;
    switch (bytes) {
    case 1: value = *r->at; break;
    case 2: { uint16_t v; memcpy(&v, r->at, 2); value = v; break; }
    case 4: { uint32_t v; memcpy(&v, r->at, 4); value = v; break; }
    case 8: memcpy(&value, r->at, 8); break;
    default: r->bad = true;
    }
    r->at += bytes;
    return value;
}

static uint64_t uleb(struct reader *r)
{
    uint64_t value = 0;
    unsigned shift = 0, byte;

    do {
        byte = (unsigned)number(r, 1);
        if (shift < 64)
            value |= (uint64_t)(byte & 127) << shift;
        shift += 7;
    } while ((byte & 128) && !r->bad);
    return value;
}

static int64_t sleb(struct reader *r)
{
    uint64_t value = 0;
    unsigned shift = 0, byte;

    do {
        byte = (unsigned)number(r, 1);
        if (shift < 64)
            value |= (uint64_t)(byte & 127) << shift;
        shift += 7;
    } while ((byte & 128) && !r->bad);
    if (shift < 64 && (byte & 64))
        value |= ~(uint64_t)0 << shift;
    return (int64_t)value;
}

static void skip(struct reader *r, uint64_t n)
{
    if (has(r, n))
        r->at += n;
}

static const char *string(struct reader *r)
{
    const unsigned char *start = r->at, *nul = NULL;

    if (has(r, 1))
        nul = memchr(start, 0, (size_t)(r->end - start));
    if (!nul) {
        r->bad = true;
        return "";
    }
    r->at = nul + 1;
    return (const char *)start;
}

static const char *string_at(struct object_bytes strings, uint64_t offset)
{
    struct reader r = {.at = strings.at, .end = strings.at + strings.size};

    skip(&r, offset);
    return string(&r);
}

static uint64_t offset(struct reader *r)
{
    return number(r, r->wide ? 8 : 4);
}

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

static void read_files_old(struct linetable *table, struct unit *unit, struct reader *r)
{
    while (*string(r) && !r->bad)
        continue; /* directories */
    for (const char *name = string(r); *name && !r->bad && !table->failed; name = string(r)) {
        add_file(table, unit, name);
        uleb(r); /* directory, time, length */
        uleb(r);
        uleb(r);
    }
}

/* One value of an entry, of which only strings matter. */
static const char *form(struct unit *unit, struct reader *r, uint64_t code)
{
    switch (code) {
    case 0x08: return string(r);
    case 0x0e: return string_at(unit->strings, offset(r));
    case 0x1f: return string_at(unit->line_strings, offset(r));
    case 0x0b: skip(r, 1); break;
    case 0x05: skip(r, 2); break;
    case 0x06: skip(r, 4); break;
    case 0x07: skip(r, 8); break;
    case 0x1e: skip(r, 16); break;
    case 0x0f: uleb(r); break;
    case 0x09: skip(r, uleb(r)); break;
    default: r->bad = true;
    }
    return NULL;
}

/* A list of entries that begins with its own format: directories, then files. */
static void read_entries(struct linetable *table, struct unit *unit, struct reader *r, bool files)
{
    uint64_t content[16], forms[16], count;
    unsigned n = (unsigned)number(r, 1);

    if (n > 16)
        r->bad = true;
    for (unsigned i = 0; i < n && !r->bad; i++) {
        content[i] = uleb(r);
        forms[i] = uleb(r);
    }
    count = uleb(r);
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
    struct reader *r = &unit->program;
    uint64_t length = uleb(r);
    const unsigned char *next;
    unsigned code;

    if (length == 0 || !has(r, length)) {
        r->bad = true;
        return true;
    }
    next = r->at + length;
    code = (unsigned)number(r, 1);
    if (code == 1)
        add_row(table, unit, m, true);
    else if (code == 2)
        m->address = number(r, (unsigned)length - 1);
    r->at = next;
    return code == 1;
}

static void standard(struct linetable *table, struct unit *unit, struct machine *m, unsigned code)
{
    struct reader *r = &unit->program;

    switch (code) {
    case 1: add_row(table, unit, m, false); break;
    case 2: advance(unit, m, uleb(r)); break;
    case 3: m->line += (uint64_t)sleb(r); break;
    case 4: m->file = uleb(r); break;
    case 8: advance(unit, m, (255 - unit->opcode_base) / unit->line_range); break;
    case 9: m->address += number(r, 2); break;
    default:
        for (unsigned i = 0; i < unit->lengths[code]; i++)
            uleb(r);
    }
}

static void execute(struct linetable *table, struct unit *unit)
{
    const struct machine start = {.file = 1, .line = 1};
    struct machine m = start;
    struct reader *r = &unit->program;

    while (r->at < r->end && !r->bad && !table->failed) {
        unsigned code = (unsigned)number(r, 1);

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
static bool read_unit(struct linetable *table, struct unit *unit, struct reader *all)
{
    uint64_t length = number(all, 4), header;
    struct reader r;

    if (length == 0xffffffff) {
        all->wide = true;
        length = number(all, 8);
    } else {
        all->wide = false;
    }
    if (!has(all, length))
        return false;
    r = (struct reader){.at = all->at, .end = all->at + length, .wide = all->wide};
    skip(all, length);
    unit->version = (unsigned)number(&r, 2);
    if (unit->version < 2 || unit->version > 5)
        return true;
    if (unit->version >= 5)
        skip(&r, 2); /* sizes of addresses and segment selectors */
    header = offset(&r);
    if (!has(&r, header))
        return true;
    unit->program = (struct reader){.at = r.at + header, .end = r.end};
    unit->min_length = (unsigned)number(&r, 1);
    if (unit->version >= 4)
        skip(&r, 1); /* operations in one instruction */
    skip(&r, 1);     /* whether rows begin a statement */
    unit->line_base = (int8_t)number(&r, 1);
    unit->line_range = (unsigned)number(&r, 1);
    unit->opcode_base = (unsigned)number(&r, 1);
    for (unsigned i = 1; i < unit->opcode_base; i++)
        unit->lengths[i] = (unsigned char)number(&r, 1);
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
    struct reader all = {.at = bytes.at, .end = bytes.at + bytes.size};
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
