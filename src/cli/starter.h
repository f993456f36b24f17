#ifndef CLI_STARTER_H
#define CLI_STARTER_H

#include "base/embedded.h"

/* The capsule that `capsuled new --capsule` writes: the files of capsule/,
 * from which the build makes starter_files.c. */
extern const struct embedded_files starter_files;

#endif
