#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/*
 * A time zone: how far its clocks are from UTC at each moment. It is read from
 * the machine's zone database without the C library, whose one zone for the
 * whole process is slow to change.
 */
struct zone;

/* Read the zone name of the machine's database: TZDIR, or
 * /usr/share/zoneinfo. A name is made of words of letters, digits, "_", "+"
 * and "-" with slashes between; nothing else is looked for. NULL when there is
 * none; the caller frees it. */
struct zone *zone_load(const char *name);

/* Read a zone from a TZif file of version 2 or later. NULL when bytes is not
 * one, or counts leap seconds. RFC 8536. */
struct zone *zone_parse(struct str bytes);

void zone_free(struct zone **zone);

/* Seconds east of UTC at the moment of that many seconds since 1970. */
int32_t zone_offset(const struct zone *zone, int64_t seconds);

#endif
