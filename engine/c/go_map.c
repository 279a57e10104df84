/* go_map.c -- sync.Map for C, after go.h.
 *
 * Keys get numbers from 1 in the order of their first use, which is also Range's; the events and
 * the race detector know them by these.  The hash only finds them.
 */
#include "go.h"
#include "c/go_inside.h"
#include "sync/cell.h"

#include <inttypes.h>

#define ENTER() c_enter(__builtin_return_address(0))

enum { FIRST_BUCKETS = 16 };

struct entry {
    struct go_key key;    /* its text is ours */
    uint32_t number;
    uint64_t hash;
    bool present;
    void *value;          /* present */
    struct entry *chain;  /* of its bucket */
    struct entry *next;   /* in order of numbers */
};

struct go_keys {
    struct entry **buckets;
    uint32_t nbuckets, count; /* count: keys that have a number */
    struct entry *first, *last;
};

struct map {
    struct cell *cell;
    struct go_keys *keys;
};

struct go_keys *go_keys_make(struct run *run)
{
    struct go_keys *keys = region_alloc(&run->objects, sizeof *keys);

    if (!keys)
        return NULL;
    keys->nbuckets = FIRST_BUCKETS;
    keys->buckets = region_alloc(&run->objects, FIRST_BUCKETS * sizeof *keys->buckets);
    return keys->buckets ? keys : NULL;
}

static void *make_map(struct run *run)
{
    struct map *map = region_alloc(&run->objects, sizeof *map);

    if (!map)
        return NULL;
    map->keys = go_keys_make(run);
    map->cell = cell_make(run, OBJECT_MAP, NULL);
    return map->keys && map->cell ? map : NULL;
}

static struct map *map_of(struct run *run, struct go_map *m)
{
    return go_object(run, m, sizeof *m, &m->impl, &m->run, "Map", make_map);
}

/* --- keys -------------------------------------------------------------------- */

static uint64_t hash_of(const struct go_key *key)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    const void *bytes = &key->number;
    size_t n = sizeof key->number;

    if (key->text) {
        bytes = key->text;
        n = strlen(key->text);
    } else if (key->pointer) {
        bytes = &key->pointer;
        n = sizeof key->pointer;
    }
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
    return hash;
}

static bool same(const struct go_key *a, const struct go_key *b)
{
    if (a->text || b->text)
        return a->text && b->text && strcmp(a->text, b->text) == 0;
    return a->number == b->number && a->pointer == b->pointer;
}

static struct go_key keep(struct run *run, struct go_key key)
{
    size_t size = key.text ? strlen(key.text) + 1 : 0;
    char *text;

    if (!key.text)
        return key;
    text = region_alloc(&run->objects, size);
    if (!text)
        run_stop(run, RUN_MEMORY);
    key.text = memcpy(text, key.text, size);
    return key;
}

static void grow(struct run *run, struct go_keys *keys)
{
    uint32_t n = 2 * keys->nbuckets;
    struct entry **buckets = region_alloc(&run->objects, n * sizeof *buckets);

    if (!buckets)
        run_stop(run, RUN_MEMORY);
    for (struct entry *e = keys->first; e; e = e->next) {
        e->chain = buckets[e->hash % n];
        buckets[e->hash % n] = e;
    }
    keys->buckets = buckets;
    keys->nbuckets = n;
}

static void drop(struct entry *entry)
{
    entry->present = false;
    entry->value = NULL;
}

/* The entry of a key, made if it is new. */
static struct entry *entry_of(struct run *run, struct go_keys *keys, struct go_key key)
{
    struct entry *entry, **bucket;
    uint64_t hash;

    if (key.text)
        c_access(run, key.text, strlen(key.text) + 1, false, false);
    hash = hash_of(&key);
    for (entry = keys->buckets[hash % keys->nbuckets]; entry; entry = entry->chain)
        if (entry->hash == hash && same(&entry->key, &key))
            return entry;
    if (keys->count == keys->nbuckets)
        grow(run, keys);
    entry = region_alloc(&run->objects, sizeof *entry);
    if (!entry)
        run_stop(run, RUN_MEMORY);
    bucket = &keys->buckets[hash % keys->nbuckets];
    *entry = (struct entry){.key = keep(run, key), .number = ++keys->count, .hash = hash,
                            .chain = *bucket};
    *bucket = entry;
    if (keys->last)
        keys->last->next = entry;
    else
        keys->first = entry;
    keys->last = entry;
    return entry;
}

uint32_t go_keys_number(struct run *run, struct go_keys *keys, struct go_key key)
{
    return entry_of(run, keys, key)->number;
}

static void tell(struct run *run, const struct map *map, const struct entry *entry,
                 enum cell_op op, bool changed)
{
    struct cell_told told = {.op = op, .changed = changed, .key = entry->number};
    char number[24];

    snprintf(number, sizeof number, "%" PRId64, entry->key.number);
    told.text = entry->key.text ? entry->key.text : entry->key.pointer ? "a pointer" : number;
    cell_tell(run, map->cell, &told);
}

/* Gives the learner a value. */
static void give(struct run *run, void *to, void *value)
{
    if (!to)
        return;
    c_access(run, to, sizeof value, true, false);
    memcpy(to, &value, sizeof value);
}

/* --- operations --------------------------------------------------------------- */

/* Begins an operation on a key. */
static struct entry *begin(struct run *run, struct map *map, struct go_key key, bool may_change)
{
    struct entry *entry = entry_of(run, map->keys, key);

    cell_step(run, map->cell, may_change);
    return entry;
}

bool go_map_load_at(struct go_map *m, struct go_key key, void *value)
{
    struct run *run = ENTER();
    struct map *map = map_of(run, m);
    const struct entry *entry = begin(run, map, key, false);
    bool there = entry->present;

    give(run, value, there ? entry->value : NULL);
    tell(run, map, entry, CELL_LOAD, false);
    return there;
}

void go_map_store_at(struct go_map *m, struct go_key key, void *value)
{
    struct run *run = ENTER();
    struct map *map = map_of(run, m);
    struct entry *entry = begin(run, map, key, true);

    entry->value = value;
    entry->present = true;
    tell(run, map, entry, CELL_STORE, true);
}

bool go_map_load_or_store_at(struct go_map *m, struct go_key key, void *value, void *got)
{
    struct run *run = ENTER();
    struct map *map = map_of(run, m);
    struct entry *entry = begin(run, map, key, true);
    bool there = entry->present;

    if (!there)
        entry->value = value;
    entry->present = true;
    give(run, got, entry->value);
    tell(run, map, entry, CELL_LOAD_OR_STORE, !there);
    return there;
}

bool go_map_load_and_delete_at(struct go_map *m, struct go_key key, void *value)
{
    struct run *run = ENTER();
    struct map *map = map_of(run, m);
    struct entry *entry = begin(run, map, key, true);
    bool there = entry->present;

    give(run, value, there ? entry->value : NULL);
    drop(entry);
    tell(run, map, entry, CELL_DELETE, there);
    return there;
}

bool go_map_swap_at(struct go_map *m, struct go_key key, void *value, void *before)
{
    struct run *run = ENTER();
    struct map *map = map_of(run, m);
    struct entry *entry = begin(run, map, key, true);
    bool there = entry->present;

    give(run, before, there ? entry->value : NULL);
    entry->value = value;
    entry->present = true;
    tell(run, map, entry, CELL_SWAP, true);
    return there;
}

bool go_map_cas_at(struct go_map *m, struct go_key key, const void *old, void *value)
{
    struct run *run = ENTER();
    struct map *map = map_of(run, m);
    struct entry *entry = begin(run, map, key, true);
    bool equal = entry->present && entry->value == old;

    if (equal)
        entry->value = value;
    tell(run, map, entry, CELL_CAS, equal);
    return equal;
}

bool go_map_compare_and_delete_at(struct go_map *m, struct go_key key, const void *old)
{
    struct run *run = ENTER();
    struct map *map = map_of(run, m);
    struct entry *entry = begin(run, map, key, true);
    bool equal = entry->present && entry->value == old;

    if (equal)
        drop(entry);
    tell(run, map, entry, CELL_DELETE, equal);
    return equal;
}

/* --- all keys ------------------------------------------------------------------ */

void go_map_range(struct go_map *m, bool (*fn)(struct go_key key, void *value, void *arg),
                  void *arg)
{
    struct run *run = ENTER();
    struct map *map = map_of(run, m);
    uint32_t pc = run->self->pc, n = 0;
    struct entry *seen;

    if (!fn)
        c_panic(run, false, "go_map_range with a nil function");
    cell_step(run, map->cell, false);
    /* what is there now: the function may change it */
    seen = region_alloc(&run->objects, (map->keys->count + 1) * sizeof *seen);
    if (!seen)
        run_stop(run, RUN_MEMORY);
    for (const struct entry *e = map->keys->first; e; e = e->next)
        if (e->present)
            seen[n++] = *e;
    cell_tell(run, map->cell, &(struct cell_told){.op = CELL_RANGE});
    for (uint32_t i = 0; i < n && fn(seen[i].key, seen[i].value, arg); i++)
        ;
    run->self->pc = pc;
}

void go_map_clear(struct go_map *m)
{
    struct run *run = ENTER();
    struct map *map = map_of(run, m);
    struct cell_told told = {.op = CELL_DELETE, .changed = true};

    cell_step(run, map->cell, true);
    for (struct entry *e = map->keys->first; e; e = e->next)
        drop(e);
    cell_tell(run, map->cell, &told);
}
