/* fiber_aarch64.S -- leaving one stack for another, AAPCS64.
 *
 * A fiber that is not running has on its stack, from the saved pointer up:
 * x19..x28, x29, x30, d8..d15 (160 bytes).
 */
    .text
    .globl fiber_swap
    .type fiber_swap, %function
    .globl fiber_start
    .type fiber_start, %function
/* void fiber_swap(void **save, void *load), and fiber_start */
fiber_start:
fiber_swap:
    .cfi_startproc
    stp x19, x20, [sp, #-160]!
    stp x21, x22, [sp, #16]
    stp x23, x24, [sp, #32]
    stp x25, x26, [sp, #48]
    stp x27, x28, [sp, #64]
    stp x29, x30, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mov x9, sp
    str x9, [x0]
    mov sp, x1
    ldp x21, x22, [sp, #16]
    ldp x23, x24, [sp, #32]
    ldp x25, x26, [sp, #48]
    ldp x27, x28, [sp, #64]
    ldp x29, x30, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    ldp x19, x20, [sp], #160
    ret
    .cfi_endproc
    .size fiber_swap, . - fiber_swap

    .type fiber_first, %function
/* where a new fiber starts: x19 = entry, x20 = arg */
fiber_first:
    .cfi_startproc
    .cfi_undefined x30
    mov x29, #0
    mov x0, x20
    blr x19
    brk #1
    .cfi_endproc
    .size fiber_first, . - fiber_first

    .globl fiber_prepare
    .type fiber_prepare, %function
/* void *fiber_prepare(void *top, void (*entry)(void *), void *arg): the stack pointer to load */
fiber_prepare:
    .cfi_startproc
    and x0, x0, #-16
    sub x0, x0, #160
    stp x1, x2, [x0]
    adr x9, fiber_first
    stp xzr, x9, [x0, #80]
    ret
    .cfi_endproc
    .size fiber_prepare, . - fiber_prepare

    .globl fiber_return
    .type fiber_return, %function
/* void fiber_return(const uintptr_t *kept, uintptr_t sp, uintptr_t pc).  d8..d15 are left: a
 * learner's function, compiled without optimization, keeps nothing there over a call. */
fiber_return:
    .cfi_startproc
    ldp x19, x20, [x0]
    ldp x21, x22, [x0, #16]
    ldp x23, x24, [x0, #32]
    ldp x25, x26, [x0, #48]
    ldp x27, x28, [x0, #64]
    ldr x29, [x0, #80]
    mov sp, x1
    mov x30, x2
    mov x0, #0
    mov x1, #0
    movi v0.2d, #0
    movi v1.2d, #0
    ret
    .cfi_endproc
    .size fiber_return, . - fiber_return

    .section .rodata
    .globl fiber_kept
    .type fiber_kept, %object
fiber_kept:
    .byte 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, -1
    .size fiber_kept, . - fiber_kept

    .section .note.GNU-stack, "", %progbits
