/* unwind.h -- the functions that are running on this stack: who they are, and leaving them.
 *
 * Both read the unwind tables that compilers write for debuggers; nothing has to be done
 * beforehand, so what is never left so costs nothing.
 */
#ifndef BRAID_RT_UNWIND_H
#define BRAID_RT_UNWIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where each running function goes on, innermost first; how many were written. */
size_t unwind_pcs(uintptr_t *pcs, size_t most);

/* The running function in whose frame an address lies: where it goes on, and its canonical frame
 * address, the stack pointer of its caller.  False: there is none. */
bool unwind_frame(uintptr_t in_frame, uintptr_t *pc, uintptr_t *canonical);

/* Leaves all functions up to and with the one in whose frame the address lies: that one's caller
 * finds that it returned 0.  Returns false when that is not possible here. */
bool unwind_return(uintptr_t in_frame);

#endif
