/* fiber_x86_64.S -- leaving one stack for another, System V ABI.
 *
 * A fiber that is not running has on its stack, from the saved pointer up:
 * r15 r14 r13 r12 rbx rbp, return address.  Floating-point control words are
 * left alone: nothing here changes them.
 */
    .text
    .macro SWAP
    endbr64
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    .endm

/* The processor predicts a return by the last call.  Goroutines mostly wait in the same chain of
 * calls, so that to return is right here and on all of the way up; a jump would make each of those
 * returns wrong.  Where a fiber starts no call has been made, and a jump is right. */

    .globl fiber_swap
    .type fiber_swap, @function
/* void fiber_swap(void **save, void *load) */
fiber_swap:
    .cfi_startproc
    SWAP
    retq
    .cfi_endproc
    .size fiber_swap, . - fiber_swap

    .globl fiber_start
    .type fiber_start, @function
/* void fiber_start(void **save, void *load) */
fiber_start:
    .cfi_startproc
    SWAP
    popq %rcx
    jmp *%rcx
    .cfi_endproc
    .size fiber_start, . - fiber_start

    .globl fiber_first
    .type fiber_first, @function
/* where a new fiber starts: r12 = entry, r13 = arg */
fiber_first:
    .cfi_startproc
    .cfi_undefined rip
    endbr64
    xorl %ebp, %ebp
    movq %r13, %rdi
    callq *%r12
    ud2
    .cfi_endproc
    .size fiber_first, . - fiber_first

    .globl fiber_prepare
    .type fiber_prepare, @function
/* void *fiber_prepare(void *top, void (*entry)(void *), void *arg): the stack pointer to load.
 * Six registers and the return address take 56 bytes; at fiber_first the pointer
 * is a multiple of 16 again, as the ABI wants it before a call. */
fiber_prepare:
    .cfi_startproc
    endbr64
    andq $-16, %rdi
    subq $72, %rdi
    leaq fiber_first(%rip), %rax
    movq %rax, 48(%rdi)
    movq $0, 40(%rdi)
    movq $0, 32(%rdi)
    movq %rsi, 24(%rdi)
    movq %rdx, 16(%rdi)
    movq $0, 8(%rdi)
    movq $0, (%rdi)
    movq %rdi, %rax
    retq
    .cfi_endproc
    .size fiber_prepare, . - fiber_prepare

    .globl fiber_return
    .type fiber_return, @function
/* void fiber_return(const uintptr_t *kept, uintptr_t sp, uintptr_t pc) */
fiber_return:
    .cfi_startproc
    endbr64
    movq (%rdi), %rbx
    movq 8(%rdi), %rbp
    movq 16(%rdi), %r12
    movq 24(%rdi), %r13
    movq 32(%rdi), %r14
    movq 40(%rdi), %r15
    movq %rsi, %rsp
    movq %rdx, %rcx
    xorl %eax, %eax
    xorl %edx, %edx
    pxor %xmm0, %xmm0
    pxor %xmm1, %xmm1
    jmp *%rcx
    .cfi_endproc
    .size fiber_return, . - fiber_return

    .section .rodata
    .globl fiber_kept
    .type fiber_kept, @object
fiber_kept:
    .byte 3, 6, 12, 13, 14, 15, -1
    .size fiber_kept, . - fiber_kept

    .section .note.GNU-stack, "", @progbits
