/* memory.c -- who may refuse memory: nobody, but in tests. */
#include "base/memory.h"

bool (*memory_refuses)(void);
