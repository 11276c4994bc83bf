/*
 * Records: tiles of packed columns. Forms are chosen by comparing bits: what is
 * packed and unpacked again is the same double, -0 and NaN included.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/records.h"

#include <stdlib.h>
#include <string.h>

/* Columns read together from the open records: as many as a line of memory
 * holds. */
#define STRIP ((size_t)8)
#define FIRST_ROOM 16

enum form {
    FORM_CONSTANT, /* all the same: one double */
    FORM_BYTE,     /* whole numbers below 2^8: uint8_t [RECORDS_TILE] */
    FORM_SHORT,    /* whole numbers below 2^16: uint16_t [RECORDS_TILE] */
    FORM_DOUBLE    /* double [RECORDS_TILE] */
};
/* Doubles that a column of a form takes. */
static const uint32_t form_width[] = {
    [FORM_CONSTANT] = 1,
    [FORM_BYTE] = RECORDS_TILE * sizeof(uint8_t) / sizeof(double),
    [FORM_SHORT] = RECORDS_TILE * sizeof(uint16_t) / sizeof(double),
    [FORM_DOUBLE] = RECORDS_TILE};

struct packed {
    enum form form;
    uint32_t at; /* in data */
};
struct records_tile {
    struct packed *packed; /* [length], owned */
    double *data;          /* owned */
};

static void tile_clear(struct records_tile *tile)
{
    free(tile->packed);
    free(tile->data);
}

/* Doubles from one open record to the next: whole strips. */
static size_t stride_of(const struct records *records)
{
    return (records->length + STRIP - 1) / STRIP * STRIP;
}

void records_init(struct records *records, uint32_t length)
{
    *records = (struct records){.length = length};
}

void records_clear(struct records *records)
{
    for (uint32_t i = 0; i < records->count / RECORDS_TILE; i++)
        tile_clear(&records->tile[i]);
    free(records->tile);
    free(records->open);
    memset(records, 0, sizeof *records);
}

/* ---- packing ---- */

/* A double of 2^52 and less than 2^16 more has that in its lowest bits, if it
 * is a whole number. */
#define BIG 0x1p52

static inline uint64_t bits_of(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The narrowest form of values that are not all the same; `small` is what they
 * are if that is FORM_BYTE or FORM_SHORT. Numbers alone, and no branch: that is
 * done by vectors. */
static enum form form_of(const double value[RECORDS_TILE],
                         uint64_t small[RECORDS_TILE])
{
    uint64_t rounded = 0, all = 0;

    for (size_t i = 0; i < RECORDS_TILE; i++) {
        double sum = value[i] + BIG;

        small[i] = bits_of(sum) ^ bits_of(BIG);
        rounded |= bits_of(sum - BIG) ^ bits_of(value[i]);
        all |= small[i];
    }
    if (rounded != 0 || all > UINT16_MAX)
        return FORM_DOUBLE;
    return all > UINT8_MAX ? FORM_SHORT : FORM_BYTE;
}

static enum form pack(const double value[RECORDS_TILE], double *data)
{
    uint64_t small[RECORDS_TILE];
    uint8_t bytes[RECORDS_TILE];
    uint16_t shorts[RECORDS_TILE];
    enum form form = form_of(value, small);

    switch (form) {
    case FORM_BYTE:
        for (size_t i = 0; i < RECORDS_TILE; i++)
            bytes[i] = (uint8_t)small[i];
        memcpy(data, bytes, sizeof bytes);
        break;
    case FORM_SHORT:
        for (size_t i = 0; i < RECORDS_TILE; i++)
            shorts[i] = (uint16_t)small[i];
        memcpy(data, shorts, sizeof shorts);
        break;
    default:
        memcpy(data, value, RECORDS_TILE * sizeof *value);
        break;
    }
    return form;
}

/* In which bits the columns of a strip, `row` in the first of the open records,
 * differ from one record to another. */
static void differences(const double *row, size_t stride,
                        uint64_t differ[STRIP])
{
    memset(differ, 0, STRIP * sizeof *differ);
    for (size_t i = 1; i < RECORDS_TILE; i++) {
        const double *other = row + i * stride;

        for (size_t k = 0; k < STRIP; k++)
            differ[k] |= bits_of(other[k]) ^ bits_of(row[k]);
        __builtin_prefetch(other + 2 * STRIP - 1); /* the next to its end */
    }
}

/* A strip of columns, `row` in the first of the open records, by column. */
static void transpose(const double *row, size_t stride,
                      double value[STRIP][RECORDS_TILE])
{
    for (size_t i = 0; i < RECORDS_TILE; i++)
        for (size_t k = 0; k < STRIP; k++)
            value[k][i] = row[i * stride + k];
}

/* Columns from `first` on, a strip of them, of the open records to the end of
 * `tile`, which is at `at`. Returns where it is then. Half of all columns are
 * one value throughout, and mostly those beside them too: then they are not
 * read a second time. */
static uint32_t pack_strip(const struct records *records, uint32_t first,
                           struct records_tile *tile, uint32_t at)
{
    size_t stride = stride_of(records);
    uint32_t left = records->length - first;
    const double *row = records->open + first;
    double value[STRIP][RECORDS_TILE];
    uint64_t differ[STRIP], any = 0;

    differences(row, stride, differ);
    for (size_t k = 0; k < STRIP; k++)
        any |= differ[k];
    if (any != 0)
        transpose(row, stride, value);
    for (uint32_t k = 0; k < STRIP && k < left; k++) {
        enum form form = FORM_CONSTANT;

        if (differ[k] == 0)
            tile->data[at] = row[k];
        else
            form = pack(value[k], tile->data + at);
        tile->packed[first + k] = (struct packed){form, at};
        at += form_width[form];
    }
    return at;
}

/* Make a tile of the open records. */
static int tile_init(struct records_tile *tile, const struct records *records)
{
    uint32_t length = records->length, at = 0;
    size_t most = (size_t)length * RECORDS_TILE;
    double *least;

    tile->packed = malloc(length * sizeof *tile->packed + 1);
    tile->data = malloc(most * sizeof *tile->data + 1);
    if (!tile->packed || !tile->data) {
        tile_clear(tile);
        return SIM_ERR_NO_MEMORY;
    }
    for (uint32_t first = 0; first < length; first += STRIP)
        at = pack_strip(records, first, tile, at);
    /* What was not needed goes back; it was never touched. */
    least = realloc(tile->data, at * sizeof *tile->data + 1);
    if (least)
        tile->data = least;
    return SIM_OK;
}

/* Room for one tile more, and for the open records. */
static int make_room(struct records *records)
{
    uint32_t tiles = records->count / RECORDS_TILE;
    size_t size = stride_of(records) * RECORDS_TILE;

    if (records->length > UINT32_MAX / RECORDS_TILE)
        return SIM_ERR_NO_MEMORY;
    if (!records->open)
        records->open = calloc(size + STRIP, sizeof *records->open);
    if (!records->open)
        return SIM_ERR_NO_MEMORY;
    if (tiles == records->room) {
        uint32_t room = records->room ? 2 * records->room : FIRST_ROOM;
        struct records_tile *tile = realloc(records->tile, room * sizeof *tile);

        if (!tile)
            return SIM_ERR_NO_MEMORY;
        records->tile = tile;
        records->room = room;
    }
    return SIM_OK;
}

int records_add(struct records *records, const double *record)
{
    uint32_t at = records->count % RECORDS_TILE;
    int err = SIM_OK;

    SIM_REQUIRE(records->count < UINT32_MAX);
    if (at == 0)
        err = make_room(records);
    if (err != SIM_OK)
        return err;
    memcpy(records->open + at * stride_of(records), record,
           records->length * sizeof *record);
    if (at == RECORDS_TILE - 1)
        err = tile_init(&records->tile[records->count / RECORDS_TILE], records);
    if (err == SIM_OK)
        records->count++;
    return err;
}

/* ---- reading ---- */

/* -0 is none: so many times it is another sum than that of adding it up. */
static bool is_count(double value)
{
    return value >= 0 && value <= UINT16_MAX &&
           bits_of(value) == bits_of((uint16_t)value);
}

static void unpack(const struct records_tile *tile, uint32_t place,
                   double value[RECORDS_TILE])
{
    const double *data = tile->data + tile->packed[place].at;
    uint8_t bytes[RECORDS_TILE];
    uint16_t shorts[RECORDS_TILE];

    switch (tile->packed[place].form) {
    case FORM_CONSTANT:
        for (size_t i = 0; i < RECORDS_TILE; i++)
            value[i] = data[0];
        break;
    case FORM_BYTE:
        memcpy(bytes, data, sizeof bytes);
        for (size_t i = 0; i < RECORDS_TILE; i++)
            value[i] = bytes[i];
        break;
    case FORM_SHORT:
        memcpy(shorts, data, sizeof shorts);
        for (size_t i = 0; i < RECORDS_TILE; i++)
            value[i] = shorts[i];
        break;
    case FORM_DOUBLE:
        memcpy(value, data, RECORDS_TILE * sizeof *value);
        break;
    }
}

/* Take from `known` what does not hold of a column that begins with `first` in
 * a tile, of which its form and its first value tell enough. */
static void learn(struct records_known *known, enum form form, double first,
                  double value)
{
    known->alike &= form == FORM_CONSTANT && bits_of(value) == bits_of(first);
    known->counts &=
        form == FORM_CONSTANT ? is_count(value) : form != FORM_DOUBLE;
}

struct records_known records_take(const struct records *records, uint32_t place,
                                  double *column)
{
    struct records_known known = {records->count > 0, true};
    uint32_t tiles = records->count / RECORDS_TILE;
    uint32_t rest = records->count % RECORDS_TILE;
    double *to = column;

    SIM_REQUIRE(place < records->length);
    for (uint32_t i = 0; i < tiles; i++, to += RECORDS_TILE) {
        unpack(&records->tile[i], place, to);
        learn(&known, records->tile[i].packed[place].form, column[0], to[0]);
    }
    for (size_t i = 0; i < rest; i++) {
        to[i] = records->open[i * stride_of(records) + place];
        learn(&known, FORM_CONSTANT, column[0], to[i]);
    }
    return known;
}

int records_take_rows(const struct records *records, uint32_t first,
                      uint32_t width, double *rows)
{
    double *column = calloc((size_t)records->count + 1, sizeof *column);

    if (!column)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t k = 0; k < width; k++) {
        records_take(records, first + k, column);
        for (size_t i = 0; i < records->count; i++)
            rows[i * width + k] = column[i];
    }
    free(column);
    return SIM_OK;
}
