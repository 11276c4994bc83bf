/* Arrays that grow by doubling.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/array_impl.h"

#include <stdint.h>
#include <stdlib.h>

#include "sim/error.h"

/* Fewer elements than this are not worth an allocation of their own. */
#define LEAST_CAPACITY 8

void *sim_array_grow(void *array, size_t *capacity, size_t need, size_t size)
{
    size_t room = *capacity;
    void *grown;

    SIM_REQUIRE(need > *capacity && size > 0);
    if (room < LEAST_CAPACITY)
        room = LEAST_CAPACITY;
    while (room < need) {
        if (room > SIZE_MAX / 2)
            return NULL;
        room *= 2;
    }
    if (room > SIZE_MAX / size)
        return NULL;
    grown = realloc(array, room * size);
    if (grown)
        *capacity = room;
    return grown;
}
