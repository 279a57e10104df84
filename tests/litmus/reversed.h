/* reversed.h -- included before a litmus program: its threads are created last first.
 *
 * What pthread_create was asked for is done when main first joins or exits. */
#ifndef REVERSED_H
#define REVERSED_H

#include <pthread.h>

static struct {
    pthread_t *to;
    void *(*function)(void *);
    void *arg;
} later[64];
static int nlater;

static inline int create_later(pthread_t *to, void *(*function)(void *), void *arg)
{
    later[nlater].to = to;
    later[nlater].function = function;
    later[nlater++].arg = arg;
    return 0;
}

static inline void create_now(void)
{
    while (nlater > 0) {
        nlater--;
        pthread_create(later[nlater].to, NULL, later[nlater].function, later[nlater].arg);
    }
}

#define pthread_create(to, attributes, function, arg) create_later(to, function, arg)
#define pthread_join(thread, result) (create_now(), pthread_join(thread, result))
#define pthread_exit(result) (create_now(), pthread_exit(result))

#endif
