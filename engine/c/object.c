/* object.c -- reads a compiled object file: ELF of this machine's own kind. */
#include "c/object.h"

#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const ElfW(Ehdr) *header_of(const struct object *object)
{
    return (const void *)object->bytes;
}

/* The section headers; NULL when the file is too short for them. */
static const ElfW(Shdr) *sections_of(const struct object *object)
{
    const ElfW(Ehdr) *header = header_of(object);

    if (header->e_shoff > object->length || header->e_shoff % sizeof(void *) != 0 ||
        header->e_shentsize != sizeof(ElfW(Shdr)) ||
        header->e_shnum > (object->length - header->e_shoff) / sizeof(ElfW(Shdr)))
        return NULL;
    return (const void *)(object->bytes + header->e_shoff);
}

bool object_open(struct object *object, const char *path)
{
    const union { uint16_t word; unsigned char first; } order = {1};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    void *bytes;

    *object = (struct object){0};
    if (file < 0)
        return false;
    if (fstat(file, &about) != 0 || about.st_size < (off_t)sizeof(ElfW(Ehdr))) {
        close(file);
        return false;
    }
    bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (bytes == MAP_FAILED)
        return false;
    *object = (struct object){bytes, (size_t)about.st_size};
    if (memcmp(object->bytes, ELFMAG, SELFMAG) == 0 &&
        object->bytes[EI_CLASS] == (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32) &&
        object->bytes[EI_DATA] == (order.first ? ELFDATA2LSB : ELFDATA2MSB) &&
        sections_of(object))
        return true;
    object_close(object);
    return false;
}

void object_close(struct object *object)
{
    if (object->bytes)
        munmap((void *)object->bytes, object->length);
    *object = (struct object){0};
}

static struct object_bytes bytes_of(const struct object *object, const ElfW(Shdr) *section)
{
    if (section->sh_type == SHT_NOBITS || section->sh_size == 0 ||
        section->sh_offset > object->length ||
        section->sh_size > object->length - section->sh_offset)
        return (struct object_bytes){NULL, 0};
    return (struct object_bytes){object->bytes + section->sh_offset, section->sh_size};
}

struct object_bytes object_section(const struct object *object, const char *name)
{
    const ElfW(Ehdr) *header = header_of(object);
    const ElfW(Shdr) *sections = sections_of(object);
    struct object_bytes names;
    size_t length = strlen(name) + 1;

    if (header->e_shstrndx >= header->e_shnum)
        return (struct object_bytes){NULL, 0};
    names = bytes_of(object, &sections[header->e_shstrndx]);
    for (size_t i = 0; i < header->e_shnum; i++)
        if (sections[i].sh_name < names.size && names.size - sections[i].sh_name >= length &&
            memcmp(names.at + sections[i].sh_name, name, length) == 0 &&
            !(sections[i].sh_flags & SHF_COMPRESSED))
            return bytes_of(object, &sections[i]);
    return (struct object_bytes){NULL, 0};
}

bool object_uses(const struct object *object, const char *function)
{
    struct object_bytes names = object_section(object, ".dynstr");
    const unsigned char *found =
        names.size ? memmem(names.at, names.size, function, strlen(function) + 1) : NULL;

    return found && found > names.at && found[-1] == '\0';
}

/* --- symbols ------------------------------------------------------------- */

static int by_start(const void *a, const void *b)
{
    const struct object_symbol *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return strcmp(x->name, y->name);
}

bool object_symbols(const struct object *object, struct object_symbols *symbols)
{
    struct object_bytes table = object_section(object, ".symtab");
    struct object_bytes names = object_section(object, ".strtab");
    const ElfW(Sym) *entries = (const void *)table.at;
    size_t count = table.size / sizeof *entries;

    *symbols = (struct object_symbols){0};
    if (names.size == 0 || (uintptr_t)entries % sizeof(uint32_t) != 0)
        return true; /* nothing has a name */
    symbols->names = malloc(names.size + 1);
    symbols->at = calloc(count + 1, sizeof *symbols->at);
    if (!symbols->names || !symbols->at) {
        object_symbols_release(symbols);
        return false;
    }
    memcpy(symbols->names, names.at, names.size);
    symbols->names[names.size] = '\0';
    for (size_t i = 0; i < count; i++) {
        ElfW(Sym) symbol;
        unsigned type;

        memcpy(&symbol, &entries[i], sizeof symbol);
        type = symbol.st_info & 15;
        if ((type != STT_FUNC && type != STT_OBJECT) || symbol.st_shndx == SHN_UNDEF ||
            symbol.st_size == 0 || symbol.st_name >= names.size)
            continue;
        symbols->at[symbols->count++] = (struct object_symbol){
            .start = (uint32_t)symbol.st_value,
            .size = (uint32_t)symbol.st_size,
            .function = type == STT_FUNC,
            .name = symbols->names + symbol.st_name,
        };
    }
    qsort(symbols->at, symbols->count, sizeof *symbols->at, by_start);
    return true;
}

void object_symbols_release(struct object_symbols *symbols)
{
    free(symbols->at);
    free(symbols->names);
    *symbols = (struct object_symbols){0};
}

const struct object_symbol *object_symbol_at(const struct object_symbols *symbols, uint32_t offset)
{
    size_t low = 0, high = symbols->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (symbols->at[middle].start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || offset - symbols->at[low - 1].start >= symbols->at[low - 1].size)
        return NULL;
    return &symbols->at[low - 1];
}
