/* witness.c -- what can be told of an access of a C program while it is being made. */
#include "c/inside.h"
#include "rt/panic.h"
#include "rt/unwind.h"

#include <stdio.h>
#include <string.h>

enum { PCS_MAX = 256 };

void c_tell_stack(struct run *run)
{
    const struct c_face *face = c_face_of(run);
    uintptr_t pcs[PCS_MAX];
    size_t n = unwind_pcs(pcs, PCS_MAX), told = 0;

    for (size_t i = 0; i < n && told < PANIC_FRAMES; i++) {
        uint32_t pc = image_pc(&face->image, (const void *)pcs[i]);
        const struct object_symbol *symbol =
            pc ? object_symbol_at(&face->image.symbols, pc - 1) : NULL;
        char name[64];

        if (!symbol || !symbol->function)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)strcspn(symbol->name, "."), symbol->name);
        panic_frame(run, name, 0, pc);
        told++;
    }
}

/* --- places -------------------------------------------------------------- */

static uint32_t owner_of(uintptr_t where)
{
    return (uint32_t)((where - C_PLACE_STACK) / C_STACK_SPAN);
}

/* The address that has this place; 0: on the stack of a goroutine that is gone. */
static uintptr_t address_of(const struct run *run, uintptr_t where)
{
    const struct c_face *face = c_face_of(run);
    const struct goroutine *g;
    uintptr_t offset;

    if (where < C_PLACE_HEAP)
        return face->image.base + (where - C_PLACE_IMAGE);
    if (where < C_PLACE_STACK)
        return (uintptr_t)face->heap.arena + (where - C_PLACE_HEAP);
    offset = where - c_stack_place(owner_of(where), 0);
    if (owner_of(where) == 1)
        return face->main_low + offset;
    for (g = run->live; g && g->id != owner_of(where); g = g->next)
        continue;
    return g ? (uintptr_t)g->fiber.stack + offset : 0;
}

static struct c_framed *framed_at(struct c_face *face, uintptr_t where)
{
    for (uint32_t i = 0; i < face->held.nframed; i++)
        if (face->held.framed[i].where == where)
            return &face->held.framed[i];
    return NULL;
}

/* Whose frame a byte is in can be told while its owner runs. */
static void met(struct run *run, uintptr_t where)
{
    struct c_face *face = c_face_of(run);
    uintptr_t at, pc, canonical;
    struct c_framed *framed;

    if (where < C_PLACE_STACK || owner_of(where) != run->self->id)
        return;
    framed = framed_at(face, where);
    if (!framed && face->held.nframed == C_FRAMED_MAX)
        return;
    at = address_of(run, where);
    if (!unwind_frame(at, &pc, &canonical) || !image_pc(&face->image, (const void *)pc))
        return;
    if (!framed)
        framed = &face->held.framed[face->held.nframed++];
    *framed = (struct c_framed){.where = where,
                                .pc = image_pc(&face->image, (const void *)pc),
                                .offset = (int64_t)(at - canonical)};
}

static void tell_place(struct run *run, uintptr_t where)
{
    struct c_face *face = c_face_of(run);
    struct event event = event_make(run, EVENT_PLACE, run->self, 0);
    const struct heap_block *block;
    const struct c_framed *framed;
    uintptr_t start;

    event.pc = 0;
    if (where < C_PLACE_HEAP) {
        event.extra = PLACE_VARIABLE;
        event.value = (int64_t)(where - C_PLACE_IMAGE);
    } else if (where < C_PLACE_STACK) {
        block = heap_near(&face->heap, address_of(run, where), &start);
        if (!block)
            return;
        event.extra = PLACE_BLOCK;
        event.pc = block->made.pc;
        event.seq = block->size < UINT32_MAX ? (uint32_t)block->size : UINT32_MAX;
        event.value = (int64_t)(address_of(run, where) - start);
    } else {
        event.extra = PLACE_FRAME;
        event.other = owner_of(where);
        framed = framed_at(face, where);
        if (framed) {
            event.pc = framed->pc;
            event.value = framed->offset;
        }
    }
    event_emit(run, &event);
}

/* --- values -------------------------------------------------------------- */

static uint32_t hold(struct run *run, const struct access *access, uintptr_t where)
{
    struct c_face *face = c_face_of(run);

    face->held.at = (const void *)address_of(run, access->where);
    face->held.size = access->size;
    tell_place(run, where);
    return c_variable(run, where);
}

/* Addresses are not the same in every process: what could be one, of less than 2^48, is not
 * told. */
static bool may_be_address(int64_t value)
{
    return value != (int32_t)value && (uint64_t)value >> 48 == 0;
}

static enum value_kind held(struct run *run, int64_t *value)
{
    const struct c_held *held = &c_face_of(run)->held;

    *value = 0;
    if (!held->at)
        return VALUE_NONE;
    switch (held->size) {
    case 1: { int8_t v; memcpy(&v, held->at, sizeof v); *value = v; break; }
    case 2: { int16_t v; memcpy(&v, held->at, sizeof v); *value = v; break; }
    case 4: { int32_t v; memcpy(&v, held->at, sizeof v); *value = v; break; }
    case 8: memcpy(value, held->at, sizeof *value); break;
    default: return VALUE_NONE;
    }
    if (!may_be_address(*value))
        return VALUE_INT;
    *value = 0;
    return VALUE_NONE;
}

const struct witness c_witness = {
    .stack = c_tell_stack, .hold = hold, .met = met, .held = held};
