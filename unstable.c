#include "go.h"
int main(void)
{
    unsigned n;
#ifdef __x86_64__
    n = (unsigned)__builtin_ia32_rdtsc();
#else
    __asm__ volatile("mrs %x0, cntvct_el0" : "=r"(n));
#endif
    printf("begin\n");
    printf("%u\n", n);
    return 0;
}
