#ifndef OS_MACHINE_H
#define OS_MACHINE_H

#include <stdint.h>

/* The number of cores that this process may run on, at least 1. */
unsigned machine_cores(void);

/* Raise the number of descriptors that this process may hold to all that it is
 * allowed, and return that; 0 when it is not known. */
uint64_t machine_raise_descriptors(void);

#endif
