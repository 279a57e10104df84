/* dwarf.c -- the numbers and strings that DWARF is written in. */
#include "c/dwarf.h"

#include <string.h>

bool dwarf_has(struct dwarf *r, uint64_t n)
{
    if (!r->bad && n <= (uint64_t)(r->end - r->at))
        return true;
    r->bad = true;
    return false;
}

uint64_t dwarf_number(struct dwarf *r, unsigned bytes)
{
    uint64_t value = 0;

    if (!dwarf_has(r, bytes))
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

uint64_t dwarf_uleb(struct dwarf *r)
{
    uint64_t value = 0;
    unsigned shift = 0, byte;

    do {
        byte = (unsigned)dwarf_number(r, 1);
        if (shift < 64)
            value |= (uint64_t)(byte & 127) << shift;
        shift += 7;
    } while ((byte & 128) && !r->bad);
    return value;
}

int64_t dwarf_sleb(struct dwarf *r)
{
    uint64_t value = 0;
    unsigned shift = 0, byte;

    do {
        byte = (unsigned)dwarf_number(r, 1);
        if (shift < 64)
            value |= (uint64_t)(byte & 127) << shift;
        shift += 7;
    } while ((byte & 128) && !r->bad);
    if (shift < 64 && (byte & 64))
        value |= ~(uint64_t)0 << shift;
    return (int64_t)value;
}

void dwarf_skip(struct dwarf *r, uint64_t n)
{
    if (dwarf_has(r, n))
        r->at += n;
}

const char *dwarf_string(struct dwarf *r)
{
    const unsigned char *start = r->at, *nul = NULL;

    if (dwarf_has(r, 1))
        nul = memchr(start, 0, (size_t)(r->end - start));
    if (!nul) {
        r->bad = true;
        return "";
    }
    r->at = nul + 1;
    return (const char *)start;
}

const char *dwarf_string_at(struct object_bytes strings, uint64_t offset)
{
    struct dwarf r = {.at = strings.at, .end = strings.at + strings.size};

    dwarf_skip(&r, offset);
    return dwarf_string(&r);
}

uint64_t dwarf_offset(struct dwarf *r)
{
    return dwarf_number(r, r->wide ? 8 : 4);
}

uint64_t dwarf_unit(struct dwarf *r)
{
    uint64_t length = dwarf_number(r, 4);

    r->wide = length == 0xffffffff;
    return r->wide ? dwarf_number(r, 8) : length;
}
