#ifndef STUDIES_ORDER_H
#define STUDIES_ORDER_H
/*
 * Order: which of some numbers would stand in a place if they were sorted.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

/* Put the number of place `place`, below `count`, of `value` (none is NaN)
 * there, none greater before it and none less behind. Returns it. */
double order_place(double *value, size_t count, size_t place);
#endif
