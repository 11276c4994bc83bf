/*
 * Selection (Hoare 1961, algorithm 65) with the partition of Lomuto, which
 * needs no branch: which side a number goes to nobody can foretell, and a
 * branch guessed wrong costs as much as several numbers moved.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/order.h"

#include <math.h>

#include "sim/error.h"

/* The middle one of three. */
static double median(double a, double b, double c)
{
    double low = a < b ? a : b, high = a < b ? b : a;
    double most = c < high ? c : high;

    return low < most ? most : low;
}

/* Bring numbers less than `pivot` to the front. Returns how many there are. */
static size_t part(double *value, size_t count, double pivot)
{
    size_t less = 0;

    for (size_t i = 0; i < count; i++) {
        double each = value[i];

        value[i] = value[less];
        value[less] = each;
        less += !(each >= pivot); /* added as a carry */
    }
    return less;
}

/* The same of those that are not greater. */
static size_t part_up_to(double *value, size_t count, double pivot)
{
    size_t up_to = 0;

    for (size_t i = 0; i < count; i++) {
        double each = value[i];

        value[i] = value[up_to];
        value[up_to] = each;
        up_to += each <= pivot;
    }
    return up_to;
}

double order_place(double *value, size_t count, size_t place)
{
    while (count > 1) {
        double pivot = median(value[0], value[count / 2], value[count - 1]);
        size_t less;

        SIM_REQUIRE(!isnan(pivot)); /* there would be no end */
        less = part(value, count, pivot);
        if (place < less) {
            count = less;
            continue;
        }
        /* The pivot is the least: it and its likes are in their places. */
        if (less == 0) {
            less = part_up_to(value, count, pivot);
            if (place < less)
                return pivot;
        }
        value += less;
        count -= less;
        place -= less;
    }
    return value[0];
}
