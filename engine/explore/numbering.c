/* numbering.c -- see numbering.h. */
#include "explore/numbering.h"

#include <stdlib.h>
#include <string.h>

void numbering_release(struct numbering *self)
{
    free(self->slots);
    free(self->by_id);
    *self = (struct numbering){0};
}

void numbering_begin(struct numbering *self)
{
    if (self->by_id_cap)
        memset(self->by_id, 0, self->by_id_cap * sizeof *self->by_id);
}

static struct numbered *slot_of(const struct numbering *self, uint64_t key)
{
    uint32_t i = (uint32_t)(key >> 32) & (self->room - 1);

    while (self->slots[i].number && self->slots[i].key != key)
        i = (i + 1) & (self->room - 1);
    return &self->slots[i];
}

static bool grow(struct numbering *self)
{
    struct numbering more = {.room = self->room ? 2 * self->room : 64};

    more.slots = calloc(more.room, sizeof *more.slots);
    if (!more.slots)
        return false;
    for (uint32_t i = 0; i < self->room; i++)
        if (self->slots[i].number)
            *slot_of(&more, self->slots[i].key) = self->slots[i];
    free(self->slots);
    self->slots = more.slots;
    self->room = more.room;
    return true;
}

static bool room_for(struct numbering *self, uint32_t id)
{
    uint32_t cap = id < 32 ? 64 : 2 * id;
    uint32_t *by_id;

    if (id < self->by_id_cap)
        return true;
    by_id = realloc(self->by_id, cap * sizeof *by_id);
    if (!by_id)
        return false;
    memset(by_id + self->by_id_cap, 0, (cap - self->by_id_cap) * sizeof *by_id);
    self->by_id = by_id;
    self->by_id_cap = cap;
    return true;
}

uint32_t numbering_number(struct numbering *self, uint64_t key)
{
    struct numbered *slot;

    if (4 * self->count >= 3 * self->room && !grow(self))
        return 0;
    slot = slot_of(self, key);
    if (!slot->number)
        *slot = (struct numbered){key, ++self->count};
    return slot->number;
}

uint32_t numbering_add(struct numbering *self, uint32_t id, uint64_t key)
{
    return room_for(self, id) ? self->by_id[id] = numbering_number(self, key) : 0;
}
