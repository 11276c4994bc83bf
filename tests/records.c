/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"

#include "tests/records.h"

struct records records_of(const double *record, uint32_t count, uint32_t length)
{
    struct records records;

    records_init(&records, length);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(records_add(&records, record + i * length), SIM_OK);
    return records;
}
