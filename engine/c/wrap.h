/* wrap.h -- the library functions that a learner's object gets from the engine.
 *
 * The object is linked with --wrap for each of them, so that its call of `malloc`
 * asks for `__wrap_malloc`, which the executable exports.  Calls that the C library
 * makes itself are not touched.
 */
#ifndef BRAID_C_WRAP_H
#define BRAID_C_WRAP_H

/* X(name): the engine defines __wrap_name. */
#define C_WRAPS(X)                                                                            \
    /* allocate.c */                                                                          \
    X(malloc) X(calloc) X(realloc) X(reallocarray) X(free) X(aligned_alloc)                   \
    X(posix_memalign) X(memalign) X(strdup) X(strndup) X(asprintf) X(vasprintf)               \
    /* string.c */                                                                            \
    X(memcpy) X(memmove) X(memset) X(memcmp) X(strlen) X(strcpy) X(strncpy) X(stpcpy)         \
    X(strcat) X(strncat) X(strcmp) X(strncmp) X(strchr) X(strrchr) X(strstr) X(sprintf)       \
    X(snprintf) X(vsprintf) X(vsnprintf)                                                      \
    /* stdio.c */                                                                             \
    X(printf) X(vprintf) X(fprintf) X(vfprintf) X(puts) X(fputs) X(putchar) X(putc) X(fputc)  \
    X(fwrite) X(fflush) X(setbuf) X(setvbuf) X(perror) X(write)                               \
    /* libc.c */                                                                              \
    X(rand) X(srand) X(random) X(srandom) X(time) X(clock) X(clock_gettime) X(gettimeofday)   \
    X(nanosleep) X(usleep) X(sleep) X(exit) X(_exit) X(_Exit) X(quick_exit) X(abort)          \
    X(atexit) X(__assert_fail)

/* X(name): what a goroutine must not call, because it would stop or leave the one
 * thread that all goroutines share.  Nothing defines __wrap_name: loading fails, and
 * c_face_new says why. */
#define C_REFUSED(X)                                                                          \
    X(pthread_create) X(pthread_join) X(pthread_mutex_lock) X(pthread_cond_wait)              \
    X(pthread_rwlock_rdlock) X(pthread_rwlock_wrlock) X(pthread_barrier_wait) X(sem_wait)     \
    X(thrd_create) X(thrd_join) X(mtx_lock) X(cnd_wait) X(fork) X(vfork)

#endif
