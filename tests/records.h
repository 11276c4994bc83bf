#ifndef TESTS_RECORDS_H
#define TESTS_RECORDS_H
/*
 * Records from an array of them, as tests write them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/records.h"

/* `count` records of `length` doubles each. Release with records_clear. */
struct records records_of(const double *record, uint32_t count,
                          uint32_t length);
#endif
