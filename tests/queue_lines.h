#ifndef TESTS_QUEUE_LINES_H
#define TESTS_QUEUE_LINES_H
/*
 * Lines and pools that the tests of queues share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/queue.h"
#include "tests/support.h"

/* Roles 0, 1, 2 as sets. */
#define A ((uint64_t)1)
#define B ((uint64_t)2)
#define C ((uint64_t)4)

#define HOURS(n) ((n)*SIM_HOUR)

static const struct sim_option one_a[] = {{{{A, 1}}, 1, HOURS(1), 1}};
static const struct sim_option one_b[] = {{{{B, 1}}, 1, HOURS(1), 1}};
static const struct sim_option one_c[] = {{{{C, 1}}, 1, HOURS(1), 1}};
static const struct sim_option long_a[] = {{{{A, 1}}, 1, HOURS(3), 1}};
static const struct sim_option a_or_b[] = {{{{A | B, 1}}, 1, HOURS(1), 1}};
static const struct sim_option b_then_a[] = {{{{B, 1}}, 1, HOURS(1), 1},
                                             {{{A, 1}}, 1, HOURS(1), 2}};
static const struct sim_option long_a_then_b[] = {{{{A, 1}}, 1, HOURS(3), 1},
                                                  {{{B, 1}}, 1, HOURS(1), 2}};
static const struct sim_option a_and_b[] = {{{{A, 1}, {B, 1}}, 2, HOURS(1), 1}};
static const struct sim_option two_a[] = {{{{A, 2}}, 1, HOURS(1), 1}};
static const struct sim_option three_ab[] = {{{{A | B, 3}}, 1, HOURS(2), 1}};
static const struct sim_option pair_then_c[] = {
    {{{A, 1}, {B, 1}}, 2, HOURS(1), 1}, {{{C, 1}}, 1, HOURS(1), 2}};
static const struct sim_option c_then_pair[] = {
    {{{C, 1}}, 1, HOURS(1), 1}, {{{A, 1}, {B, 1}}, 2, HOURS(1), 2}};
static const struct sim_option a_and_ab[] = {
    {{{A, 1}, {A | B, 1}}, 2, HOURS(1), 1}};
static const struct sim_option nobody[] = {{{{0, 0}}, 0, HOURS(1), 1}};

enum line_number {
    ONE_A,
    ONE_B,
    ONE_C,
    LONG_A,
    A_OR_B,
    B_THEN_A,
    LONG_A_THEN_B,
    A_AND_B,
    TWO_A,
    THREE_AB,
    PAIR_THEN_C,
    C_THEN_PAIR,
    A_AND_AB,
    NOBODY,
    URGENT_A,
    URGENT_B,
    URGENT_AND_B,
    LINES
};
static const struct sim_line lines[LINES] = {
    [ONE_A] = {5, one_a, 1},
    [ONE_B] = {5, one_b, 1},
    [ONE_C] = {5, one_c, 1},
    [LONG_A] = {5, long_a, 1},
    [A_OR_B] = {5, a_or_b, 1},
    [B_THEN_A] = {5, b_then_a, 2},
    [LONG_A_THEN_B] = {5, long_a_then_b, 2},
    [A_AND_B] = {5, a_and_b, 1},
    [TWO_A] = {5, two_a, 1},
    [THREE_AB] = {5, three_ab, 1},
    [PAIR_THEN_C] = {5, pair_then_c, 2},
    [C_THEN_PAIR] = {5, c_then_pair, 2},
    [A_AND_AB] = {5, a_and_ab, 1},
    [NOBODY] = {5, nobody, 1},
    [URGENT_A] = {1, one_a, 1},
    [URGENT_B] = {1, one_b, 1},
    [URGENT_AND_B] = {1, a_and_b, 1},
};

/*
 * A pool of three roles. Workers come on duty as written: a letter for the
 * role (small: busy) and a digit for the hours left, as in "A8 b2".
 */
static inline struct sim_pool *pool_of(const char *text)
{
    struct sim_pool *pool = NULL;

    assert_int_equal(sim_pool_new(3, &pool), SIM_OK);
    for (; *text; text++) {
        bool busy = text[0] >= 'a' && text[0] <= 'c';
        struct sim_worker worker = {
            .role = (uint32_t)(text[0] - (busy ? 'a' : 'A'))};
        uint32_t index;

        if (*text == ' ')
            continue;
        worker.shift_end = worker.latest_end = HOURS(*++text - '0');
        assert_int_equal(sim_pool_add(pool, &worker, &index), SIM_OK);
        if (busy)
            sim_pool_seize(pool, index, 0);
    }
    return pool;
}
#endif
