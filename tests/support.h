#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H
/*
 * What every test program shares: cmocka with the headers it wants first, and
 * the comparisons cmocka 1.1.5 lacks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* |actual - expected| <= tolerance; NaN fails. cmocka's float compare narrows
 * to float. */
#define assert_near(actual, expected, tolerance)                               \
    support_near((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)

void support_near(double actual, double expected, double tolerance,
                  const char *what, const char *file, int line);
#endif
