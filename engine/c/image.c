/* image.c -- a learner's shared object in memory.
 *
 *     base                                                             end
 *      | text r-x | constants r-- | relro r-- | data rw- | bss rw-  ... |
 *                                              \____ saved, put back ___/
 */
#include "c/image.h"
#include "c/wrap.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ZERO_WORTH = 256 * 1024 }; /* below, copying is cheaper than new pages */

/* --- segments ------------------------------------------------------------ */

struct search {
    struct image *image;
    uintptr_t base;
    bool ok;
};

static uintptr_t page_up(uintptr_t at)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

    return (at + page - 1) & ~(page - 1);
}

static bool all_zero(const unsigned char *at, size_t size)
{
    return size == 0 || (at[0] == 0 && memcmp(at, at + 1, size - 1) == 0);
}

/* Sets a writable segment's bytes aside, but for a large part that is zero. */
static bool save(struct image_segment *segment, uintptr_t file_end)
{
    uintptr_t zero = page_up(file_end);

    segment->zero_from = segment->end;
    if (zero < segment->end && segment->end - zero >= ZERO_WORTH &&
        all_zero((const unsigned char *)zero, segment->end - zero))
        segment->zero_from = zero;
    segment->saved = malloc(segment->zero_from - segment->start + 1);
    if (!segment->saved)
        return false;
    memcpy(segment->saved, (const void *)segment->start, segment->zero_from - segment->start);
    return true;
}

static bool add(struct image *image, uintptr_t start, uintptr_t end, bool writable,
                uintptr_t file_end)
{
    struct image_segment *segment = &image->segments[image->nsegments];

    if (start >= end)
        return true;
    *segment = (struct image_segment){.start = start, .end = end, .writable = writable};
    image->nsegments++;
    if (writable && end - start > image->data_end - image->data) {
        image->data = start;
        image->data_end = end;
    }
    return !writable || save(segment, file_end);
}

static bool add_all(struct image *image, const struct dl_phdr_info *info)
{
    uintptr_t relro = 0, relro_end = 0;
    bool ok = true;

    image->segments = calloc(2 * (size_t)info->dlpi_phnum + 1, sizeof *image->segments);
    if (!image->segments)
        return false;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_GNU_RELRO) {
            relro = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            relro_end = page_up(relro + info->dlpi_phdr[i].p_memsz);
        }
    for (int i = 0; i < info->dlpi_phnum && ok; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        uintptr_t start = info->dlpi_addr + header->p_vaddr, end = start + header->p_memsz;

        if (header->p_type == PT_TLS) {
            image->tls = (const unsigned char *)start;
            image->tls_file = header->p_filesz;
            image->tls_size = header->p_memsz;
        }
        if (header->p_type != PT_LOAD)
            continue;
        if (end > image->end)
            image->end = end;
        if (header->p_flags & PF_X) {
            image->text = start;
            image->text_end = end;
        }
        if (!(header->p_flags & PF_W)) {
            ok = add(image, start, end, false, 0);
        } else if (relro >= start && relro < end) {
            uintptr_t split = relro_end < end ? relro_end : end;

            ok = add(image, start, split, false, 0) &&
                 add(image, split, end, true, start + header->p_filesz);
        } else {
            ok = add(image, start, end, true, start + header->p_filesz);
        }
    }
    return ok;
}

static int visit(struct dl_phdr_info *info, size_t size, void *arg)
{
    struct search *search = arg;

    (void)size;
    if (info->dlpi_addr != search->base || info->dlpi_name[0] == '\0')
        return 0;
    search->ok = add_all(search->image, info);
    return 1;
}

const struct image_segment *image_segment(const struct image *image, uintptr_t at, size_t size)
{
    for (size_t i = 0; i < image->nsegments; i++)
        if (at >= image->segments[i].start && at < image->segments[i].end)
            return size <= image->segments[i].end - at ? &image->segments[i] : NULL;
    return NULL;
}

/* --- life ---------------------------------------------------------------- */

/* Words for what the loader said: "PATH: undefined symbol: NAME". */
static void explain(char *error, size_t size)
{
    const char *said = dlerror(), *mark = "undefined symbol: ", *name;
    int length;

    name = said ? strstr(said, mark) : NULL;
    if (!name) {
        snprintf(error, size, "%s", said ? said : "cannot be loaded");
        return;
    }
    name += strlen(mark);
    length = (int)strcspn(name, " ,\n");
    if (strncmp(name, "__wrap_", 7) == 0)
        snprintf(error, size, "'%.*s' cannot be used here: start goroutines with go(), let them "
                              "talk and wait with go.h", length - 7, name + 7);
    else
        snprintf(error, size, "'%.*s' is declared but defined nowhere: write it, or mend its name",
                 length, name);
}

/* The C library's functions that keep what they are given. */
static const char *const keepers[] = {
    "tsearch", "hsearch", "hsearch_r", "putenv", "fmemopen", "open_memstream",
};

/* By what a program can end itself while main waits. */
static const char *const exits[] = {"__wrap_exit", "__wrap__exit", "__wrap__Exit",
                                    "__wrap_quick_exit", "__wrap_raise", "__wrap_kill", "sig_at"};

static bool compiled_by(const struct object *object, const char *name)
{
    struct object_bytes comment = object_section(object, ".comment");

    return comment.size && memmem(comment.at, comment.size, name, strlen(name));
}

bool image_load(struct image *image, const char *path, char *error, size_t size)
{
    struct search search = {.image = image};
    struct object object;
    struct link_map *map;
    bool ok;

    *image = (struct image){0};
    image->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!image->handle) {
        explain(error, size);
        return false;
    }
    image->main = (int (*)(int, char **))dlsym(image->handle, "main");
    /* the search goes on in the libraries it needs, and the program itself has a main */
    if (!image->main || dlinfo(image->handle, RTLD_DI_LINKMAP, &map) != 0) {
        snprintf(error, size, "there is no 'main': add int main(void)");
        goto release;
    }
    image->base = search.base = map->l_addr;
    dl_iterate_phdr(visit, &search);
    if (!search.ok || !object_open(&object, path)) {
        snprintf(error, size, "cannot read '%s'", path);
        goto release;
    }
    ok = object_symbols(&object, &image->symbols);
    image->by_clang = compiled_by(&object, "clang version");
    image->counts = object_uses(&object, "go_num_goroutine");
    for (size_t i = 0; i < sizeof keepers / sizeof *keepers; i++)
        image->entrusts |= object_uses(&object, keepers[i]);
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
        image->exits |= object_uses(&object, exits[i]);
    object_close(&object);
    if (!ok) {
        snprintf(error, size, "out of memory");
        goto release;
    }
    if (!image_segment(image, (uintptr_t)image->main, 1)) {
        snprintf(error, size, "there is no 'main': add int main(void)");
        goto release;
    }
    return true;
release:
    image_release(image);
    return false;
}

void image_release(struct image *image)
{
    for (size_t i = 0; i < image->nsegments; i++)
        free(image->segments[i].saved);
    free(image->segments);
    object_symbols_release(&image->symbols);
    if (image->handle)
        dlclose(image->handle);
    *image = (struct image){0};
}

void *image_thread_locals(const struct image *image, size_t *size)
{
    void *block = NULL;

    *size = image->tls_size;
    if (image->tls_size == 0 || dlinfo(image->handle, RTLD_DI_TLS_DATA, &block) != 0)
        return NULL;
    return block;
}

static void reset_thread_locals(struct image *image)
{
    size_t size;
    void *block = image_thread_locals(image, &size);

    if (!block)
        return;
    memcpy(block, image->tls, image->tls_file);
    memset((char *)block + image->tls_file, 0, image->tls_size - image->tls_file);
}

void image_reset(struct image *image)
{
    for (size_t i = 0; i < image->nsegments; i++) {
        struct image_segment *segment = &image->segments[i];

        if (!segment->writable)
            continue;
        memcpy((void *)segment->start, segment->saved, segment->zero_from - segment->start);
        if (segment->zero_from < segment->end)
            madvise((void *)segment->zero_from, segment->end - segment->zero_from, MADV_DONTNEED);
    }
    reset_thread_locals(image);
}
