#ifndef STUDIES_RECORDS_H
#define STUDIES_RECORDS_H
/*
 * Records: what replications counted, kept by column, because nearly all that
 * is asked of them is one double of every record. Columns are kept in tiles of
 * RECORDS_TILE records, each in the narrowest form that holds it to the last
 * bit: most counters are small whole numbers, and half of them are 0 throughout
 * (no contacts at 03:00), so that records take a sixth of their size.
 * Threads: records belong to one thread while they grow; then any may read.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/error.h"

/* Of 16, 32, 64 and 128 this and the last took the least time for 3,000 records
 * of the reference pathway, and open records half the memory of the last. */
#define RECORDS_TILE 64

struct records_tile;

struct records {
    uint32_t length;           /* doubles in a record */
    uint32_t count;            /* records there are */
    double *open;              /* [RECORDS_TILE][length and what fills it up]:
                                  those of no tile yet, owned; NULL before the
                                  first */
    struct records_tile *tile; /* [count / RECORDS_TILE], owned */
    uint32_t room;             /* for tiles */
};

/* Begin with no records, of `length` doubles each. Release with records_clear;
 * zeroed input is allowed there. */
void records_init(struct records *records, uint32_t length);
void records_clear(struct records *records);

/* Add a copy of `record`, of records->length doubles. Returns SIM_OK or
 * SIM_ERR_NO_MEMORY (then there are as many as before). */
int records_add(struct records *records, const double *record) SIM_MUST_CHECK;

/* What the forms of a column tell of it. */
struct records_known {
    bool alike;  /* there are some, and all are the same to the last bit */
    bool counts; /* all are whole numbers from 0 to UINT16_MAX */
};

/* Put double `place` of every record into `column`, of records->count doubles,
 * in the order they were added. Returns what is known of them. */
struct records_known records_take(const struct records *records, uint32_t place,
                                  double *column);

/* Put doubles `first` up to `first + width` of every record into `rows`, of
 * records->count rows of `width` doubles. Returns SIM_OK or SIM_ERR_NO_MEMORY
 * (then `rows` is undefined). */
int records_take_rows(const struct records *records, uint32_t first,
                      uint32_t width, double *rows) SIM_MUST_CHECK;
#endif
