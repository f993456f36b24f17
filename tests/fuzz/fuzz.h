#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/*
 * A fuzz target gives arbitrary bytes to one parser and asserts what must hold
 * for each of its results. It is linked with libFuzzer (--enable-fuzz), or
 * with main.c, which replays its corpus as a test.
 */

/* Run on the size bytes at data; always 0. libFuzzer's name. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
