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
    /* library.c */                                                                           \
    X(read) X(fread) X(fgets) X(mempcpy) X(bzero) X(memchr) X(strnlen) X(strspn) X(strcspn)   \
    X(strpbrk) X(strcasecmp) X(strncasecmp) X(strtok) X(strtok_r) X(atoi) X(atol) X(atof)     \
    X(strtol) X(strtoul) X(strtod) X(qsort)                                                   \
    /* scan.c */                                                                              \
    X(sscanf) X(vsscanf) X(__isoc99_sscanf) X(__isoc99_vsscanf) X(__isoc23_sscanf)            \
    X(__isoc23_vsscanf)                                                                       \
    /* stdio.c */                                                                             \
    X(printf) X(vprintf) X(fprintf) X(vfprintf) X(puts) X(fputs) X(putchar) X(putc) X(fputc)  \
    X(fwrite) X(fflush) X(setbuf) X(setvbuf) X(perror) X(write)                               \
    /* libc.c */                                                                              \
    X(rand) X(srand) X(random) X(srandom) X(time) X(clock) X(clock_gettime) X(gettimeofday)   \
    X(nanosleep) X(usleep) X(sleep) X(exit) X(_exit) X(_Exit) X(quick_exit) X(abort)          \
    X(atexit) X(__assert_fail)                                                                \
    /* go_signal.c */                                                                         \
    X(raise) X(kill)                                                                          \
    /* pthread.c */                                                                           \
    X(pthread_create) X(pthread_join) X(pthread_detach) X(pthread_exit) X(pthread_self)       \
    X(pthread_equal) X(pthread_setname_np) X(sched_yield) X(pthread_once)                     \
    X(pthread_key_create) X(pthread_key_delete) X(pthread_getspecific)                        \
    X(pthread_setspecific)                                                                    \
    /* pthread_lock.c */                                                                      \
    X(pthread_mutex_init) X(pthread_mutex_lock) X(pthread_mutex_trylock)                      \
    X(pthread_mutex_timedlock) X(pthread_mutex_unlock) X(pthread_mutex_destroy)               \
    X(pthread_spin_init) X(pthread_spin_lock) X(pthread_spin_trylock) X(pthread_spin_unlock)  \
    X(pthread_spin_destroy) X(pthread_cond_init) X(pthread_cond_wait)                         \
    X(pthread_cond_timedwait) X(pthread_cond_clockwait) X(pthread_cond_signal)                \
    X(pthread_cond_broadcast) X(pthread_cond_destroy)                                         \
    /* pthread_sync.c */                                                                      \
    X(pthread_rwlock_init) X(pthread_rwlock_rdlock) X(pthread_rwlock_wrlock)                  \
    X(pthread_rwlock_tryrdlock) X(pthread_rwlock_trywrlock) X(pthread_rwlock_timedrdlock)     \
    X(pthread_rwlock_timedwrlock) X(pthread_rwlock_unlock) X(pthread_rwlock_destroy)          \
    X(pthread_barrier_init) X(pthread_barrier_wait) X(pthread_barrier_destroy)                \
    /* semaphore.c */                                                                         \
    X(sem_init) X(sem_wait) X(sem_trywait) X(sem_timedwait) X(sem_post) X(sem_getvalue)       \
    X(sem_destroy)                                                                            \
    /* threads.c */                                                                           \
    X(thrd_create) X(thrd_join) X(thrd_detach) X(thrd_exit) X(thrd_current) X(thrd_equal)     \
    X(thrd_yield) X(thrd_sleep) X(mtx_init) X(mtx_lock) X(mtx_trylock) X(mtx_timedlock)       \
    X(mtx_unlock) X(mtx_destroy) X(cnd_init) X(cnd_wait) X(cnd_timedwait) X(cnd_signal)       \
    X(cnd_broadcast) X(cnd_destroy) X(call_once) X(tss_create) X(tss_get) X(tss_set)          \
    X(tss_delete)

/* X(name): what a goroutine must not call, because it would stop or leave the one
 * thread that all goroutines share, or would find no thread.  Nothing defines __wrap_name:
 * loading fails, and c_face_new says why. */
#define C_REFUSED(X)                                                                          \
    X(pthread_cancel) X(pthread_kill) X(pthread_tryjoin_np) X(pthread_timedjoin_np)           \
    X(pthread_getname_np) X(pthread_getattr_np) X(pthread_mutex_clocklock)                    \
    X(pthread_mutex_consistent) X(pthread_rwlock_clockrdlock) X(pthread_rwlock_clockwrlock)   \
    X(__pthread_register_cancel) X(sem_open) X(sem_clockwait) X(fork) X(vfork)

#endif
