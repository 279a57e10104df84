/* unwind.c -- the functions that are running on this stack. */
#include "rt/unwind.h"

#include "rt/fiber_arch.h"

#include <unwind.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNWIND_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNWIND_ASAN 1
#endif
#endif
#ifdef UNWIND_ASAN
#include <sanitizer/asan_interface.h>
#endif

/* The first is ours. */
struct pcs {
    uintptr_t *at;
    size_t n, most;
};

static _Unwind_Reason_Code note(struct _Unwind_Context *context, void *arg)
{
    struct pcs *pcs = arg;

    if (pcs->n == pcs->most)
        return _URC_END_OF_STACK;
    pcs->at[pcs->n++] = _Unwind_GetIP(context);
    return _URC_NO_REASON;
}

size_t unwind_pcs(uintptr_t *pcs, size_t most)
{
    struct pcs all = {pcs, 0, most};

    _Unwind_Backtrace(note, &all);
    return all.n;
}

struct framed {
    uintptr_t in_frame, pc, canonical; /* pc: of the function looked at last */
};

/* See look: "CFA" is where the frame of the function that called begins, and ours ends. */
static _Unwind_Reason_Code find(struct _Unwind_Context *context, void *arg)
{
    struct framed *framed = arg;
    uintptr_t low = _Unwind_GetCFA(context);

    if (low > framed->in_frame) {
        framed->canonical = low;
        return _URC_END_OF_STACK;
    }
    framed->pc = _Unwind_GetIP(context);
    return _URC_NO_REASON;
}

bool unwind_frame(uintptr_t in_frame, uintptr_t *pc, uintptr_t *canonical)
{
    struct framed framed = {.in_frame = in_frame};

    _Unwind_Backtrace(find, &framed);
    if (!framed.canonical || !framed.pc)
        return false;
    *pc = framed.pc;
    *canonical = framed.canonical;
    return true;
}

struct landing {
    uintptr_t in_frame;
    uintptr_t kept[FIBER_KEPT_MAX], sp, pc;
    bool found;
};

/* A context tells the registers of a function as they will be when the one it called returns, and
 * "CFA" is its stack pointer then: the first above the address is the caller's. */
static _Unwind_Reason_Code look(struct _Unwind_Context *context, void *arg)
{
    struct landing *landing = arg;

    landing->sp = _Unwind_GetCFA(context);
    if (landing->sp <= landing->in_frame)
        return _URC_NO_REASON;
    landing->pc = _Unwind_GetIP(context);
    for (int i = 0; fiber_kept[i] >= 0; i++)
        landing->kept[i] = _Unwind_GetGR(context, fiber_kept[i]);
    landing->found = landing->pc != 0;
    return _URC_END_OF_STACK;
}

bool unwind_return(uintptr_t in_frame)
{
    struct landing landing = {.in_frame = in_frame};

    if (fiber_kept[0] >= 0)
        _Unwind_Backtrace(look, &landing);
    if (!landing.found)
        return false;
#ifdef UNWIND_ASAN
    __asan_handle_no_return();
#endif
    fiber_return(landing.kept, landing.sp, landing.pc);
}
