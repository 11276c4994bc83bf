#ifndef STUDIES_SIZE_IMPL_H
#define STUDIES_SIZE_IMPL_H
/*
 * What the files of sizing share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/size.h"

/* Designs looked at together: few, so that nothing is spent on dear ones while
 * cheap ones decide; enough that threads seldom wait for the end of a block. */
#define SIZE_WAVE 8

/* Replications of the chosen and its neighbours, for what one more or one
 * fewer does; of those that come nearest before the nearest is picked; and of
 * a confirmation at least, since the answer's measures come from it. */
#define SIZE_BESIDE_COUNT 100
#define SIZE_SHORTLIST_COUNT 100
#define SIZE_CONFIRM_LEAST 400

/* Replications before look 1, 2, ...: 8, then half as many again. With eight,
 * Student's point is 1.7 times the normal one at the errors used here, little
 * more than with twice as many. */
#define SIZE_FIRST_LOOK 8
uint32_t size_look_count(uint32_t look);

/* A quantity of a design in the search, and of the candidate in fresh
 * replications. */
struct size_column size_column(const struct size *size, uint32_t design,
                               uint32_t watch);
struct size_column size_fresh_column(const struct size *size, uint32_t watch);

/* At least this is what a design costs. */
double size_floor(const struct size *size, uint32_t design);

/* By how many margins a design misses the target it misses most. */
double size_worst(const struct size *size, uint32_t design);

/* Add replications [from, until) of `design` to the block. */
void size_ask(struct size *size, uint32_t design, uint32_t from,
              uint32_t until);

/* Replications that the budget leaves. */
uint64_t size_left(const struct size *size);

/* Ask for `count` fresh replications of `design`, the candidate from now on;
 * the same as a try to confirm it; what comes nearest, where nothing meets. */
void size_begin_fresh(struct size *size, uint32_t design, uint32_t count);
void size_begin_confirm(struct size *size, uint32_t design, uint32_t count);
void size_begin_shortlist(struct size *size);

/* One turn of the search: judge what the last block brought, then ask for the
 * next, or go on to another phase. */
void size_search(struct size *size);
#endif
