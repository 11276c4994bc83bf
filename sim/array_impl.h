#ifndef SIM_ARRAY_IMPL_H
#define SIM_ARRAY_IMPL_H
/*
 * Arrays that grow by doubling. Private to sim/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

/*
 * Move `array` of `*capacity` elements of `size` bytes to one with room for at
 * least `need` (more than `*capacity`) and at least twice what there was. What
 * is new is not set. Returns the array and updates `*capacity`, or returns
 * NULL, with both as they were, when there is no memory.
 */
void *sim_array_grow(void *array, size_t *capacity, size_t need, size_t size);
#endif
