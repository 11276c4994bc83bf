/* Who goes next, with whom: the rules one by one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/queue_lines.h"
#include "tests/table.h"

#define HOLDS 0          /* as hold_from, with the clock at 0 */
#define WAITS SIM_SECOND /* has not yet waited long enough to hold */

/*
 * Requests 'a', 'b', ... have line, tie, order time, hold_from. They start as
 * in `starts`: each with its workers' numbers, and its option's label where
 * that is not 1.
 */
struct start_case {
    const char *name;
    const char *workers;
    size_t count;
    struct sim_request request[4];
    const char *starts;
};
static struct start_case start_cases[] = {
    {"nothing waits: nothing starts", "A8", 0, {{0}}, ""},
    {"nobody free: nothing starts", "a8", 1, {{ONE_A, 0, 0, WAITS}}, ""},
    {"another role does not help", "B8", 1, {{ONE_A, 0, 0, WAITS}}, ""},
    {"whatever can be staffed starts",
     "A8 B8",
     2,
     {{ONE_A, 0, 0, WAITS}, {ONE_B, 0, 0, WAITS}},
     "a0 b1"},
    {"the lower priority number goes first",
     "A8",
     2,
     {{ONE_A, 0, 1, WAITS}, {URGENT_A, 0, 2, WAITS}},
     "b0"},
    {"then the earlier order time",
     "A8 A8",
     3,
     {{ONE_A, 0, 3, WAITS}, {ONE_A, 9, 1, WAITS}, {ONE_A, 0, 2, WAITS}},
     "b0 c1"},
    {"the order holds over lines",
     "A8 A8",
     3,
     {{ONE_A, 0, 3, WAITS}, {A_OR_B, 9, 1, WAITS}, {B_THEN_A, 0, 2, WAITS}},
     "b0 c1/2"},
    {"then the lower tie",
     "A8",
     2,
     {{ONE_A, 2, 1, WAITS}, {ONE_A, 1, 1, WAITS}},
     "b0"},
    {"then the lower request",
     "A8",
     2,
     {{A_OR_B, 1, 1, WAITS}, {ONE_A, 1, 1, WAITS}},
     "a0"},
    {"who cannot be staffed holds up nobody",
     "B8",
     3,
     {{URGENT_A, 0, 0, WAITS}, {ONE_A, 0, 0, WAITS}, {ONE_B, 0, 9, WAITS}},
     "c0"},
    {"of a set the lowest role goes",
     "B8 A8",
     1,
     {{A_OR_B, 0, 0, WAITS}},
     "a1"},
    {"of a set another role goes", "a8 B8", 1, {{A_OR_B, 0, 0, WAITS}}, "a1"},
    {"the option preferred is taken",
     "A8 B8",
     1,
     {{B_THEN_A, 0, 0, WAITS}},
     "a1"},
    {"else the next option", "A8 b8", 1, {{B_THEN_A, 0, 0, WAITS}}, "a0/2"},
    {"the worker whose shift ends last goes",
     "A2 A8",
     1,
     {{ONE_A, 0, 0, WAITS}},
     "a1"},
    {"what ends with the shift is begun",
     "A3",
     1,
     {{LONG_A, 0, 0, WAITS}},
     "a0"},
    {"what would end after it is not", "A2", 1, {{LONG_A, 0, 0, WAITS}}, ""},
    {"it leaves the worker to others",
     "A2",
     2,
     {{LONG_A, 0, 0, WAITS}, {ONE_A, 0, 1, WAITS}},
     "b0"},
    {"an option that would end too late gives way",
     "A2 B2",
     1,
     {{LONG_A_THEN_B, 0, 0, WAITS}},
     "a1/2"},
    {"a joint request takes all it needs",
     "A8 B8",
     1,
     {{A_AND_B, 0, 0, WAITS}},
     "a01"},
    {"two of a role are two workers",
     "A8 A9",
     1,
     {{TWO_A, 0, 0, WAITS}},
     "a10"},
    {"three of a set, the lowest role first",
     "B8 A8 B8",
     1,
     {{THREE_AB, 0, 0, WAITS}},
     "a102"},
    {"together or not at all",
     "A8 b8",
     2,
     {{A_AND_B, 0, 0, WAITS}, {ONE_A, 0, 1, WAITS}},
     "b0"},
    {"one of two is too few",
     "A8 a8",
     2,
     {{TWO_A, 0, 0, WAITS}, {ONE_A, 0, 1, WAITS}},
     "b0"},
    {"a joint request that waited long holds who is free",
     "A8 b8",
     2,
     {{A_AND_B, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}},
     ""},
    {"it holds no more than it needs",
     "A8 A9 b8",
     2,
     {{A_AND_B, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}},
     "b0"},
    {"it holds nothing from who goes before it",
     "A8 b8",
     2,
     {{A_AND_B, 0, 1, HOLDS}, {ONE_A, 0, 0, WAITS}},
     "b0"},
    {"it holds nothing when too few are on duty",
     "A8",
     2,
     {{A_AND_B, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}},
     "b0"},
    {"one on duty is not two",
     "A8",
     2,
     {{TWO_A, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}},
     "b0"},
    {"of a set it holds what there is",
     "A8 B8 b8",
     3,
     {{THREE_AB, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}, {ONE_B, 0, 1, WAITS}},
     ""},
    {"it does not hold who must leave before it ends",
     "B1 A8 b8",
     2,
     {{THREE_AB, 0, 0, HOLDS}, {ONE_B, 0, 1, WAITS}},
     "b0"},
    {"a second joint request holds others",
     "A8 A8 A8 b8",
     4,
     {{URGENT_AND_B, 0, 0, HOLDS},
      {A_AND_B, 0, 0, HOLDS},
      {ONE_A, 0, 1, WAITS},
      {ONE_A, 0, 2, WAITS}},
     "c2"},
    {"a single request never holds",
     "A2 a8",
     2,
     {{LONG_A, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}},
     "b0"},
    {"a joint request takes another option sooner than hold",
     "A8 b8 C8",
     2,
     {{PAIR_THEN_C, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}},
     "a2/2 b0"},
    {"no option to be had: it holds for the joint one",
     "A8 b8 c8",
     2,
     {{PAIR_THEN_C, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}},
     ""},
    {"wherever the joint one stands",
     "A8 b8 c8",
     2,
     {{C_THEN_PAIR, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}},
     ""},
    {"on duty for one need is not on duty for two",
     "A8",
     2,
     {{A_AND_AB, 0, 0, HOLDS}, {ONE_A, 0, 1, WAITS}},
     "b0"},
    {"who needs nobody starts", "", 1, {{NOBODY, 0, 0, WAITS}}, "a"},
};

/* Write a start as the table has it: "a01/2". */
static void write_start(struct sim_pool *pool, const struct sim_start *start,
                        char *text)
{
    char *end = text + strlen(text);

    if (end != text)
        *end++ = ' ';
    *end++ = (char)('a' + start->request);
    for (uint32_t w = start->worker; w != SIM_NO_WORKER;
         w = sim_pool_worker(pool, w)->next) {
        assert_true(sim_pool_worker(pool, w)->busy);
        *end++ = (char)('0' + w);
    }
    *end = '\0';
    if (start->label != 1)
        snprintf(end, 12, "/%u", start->label);
}

static void starts_are(void **state)
{
    const struct start_case *c = *state;
    struct sim_pool *pool = pool_of(c->workers);
    struct sim_queue *queue = NULL;
    struct sim_start start;
    char text[100] = "";

    assert_int_equal(sim_queue_new(lines, LINES, &queue), SIM_OK);
    for (uint32_t i = 0; i < c->count; i++)
        assert_int_equal(sim_queue_add(queue, i, &c->request[i]), SIM_OK);
    sim_queue_begin(queue);
    while (sim_queue_start(queue, pool, 0, &start)) {
        write_start(pool, &start, text);
        assert_false(sim_queue_waits(queue, start.request));
        sim_queue_verify(queue);
        sim_pool_verify(pool);
    }
    assert_string_equal(text, c->starts);
    sim_queue_free(queue);
    sim_pool_free(pool);
}

/* A queue in which request 0 passed over its line, in want of an A. */
static struct sim_queue *queue_in_want(struct sim_pool *pool)
{
    const struct sim_request request = {ONE_A, 0, 0, WAITS};
    struct sim_queue *queue = NULL;
    struct sim_start start = {7, 7, 7};

    assert_int_equal(sim_queue_new(lines, LINES, &queue), SIM_OK);
    assert_int_equal(sim_queue_add(queue, 0, &request), SIM_OK);
    sim_queue_begin(queue);
    assert_false(sim_queue_start(queue, pool, 0, &start));
    assert_true(start.request == 7 && start.label == 7 && start.worker == 7);
    return queue;
}

static void passing_over_lasts_one_allotment(void **state)
{
    struct sim_pool *pool = pool_of("a8");
    struct sim_queue *queue = queue_in_want(pool);
    struct sim_start start;

    (void)state;
    assert_false(sim_pool_release(pool, 0));
    assert_false(sim_queue_start(queue, pool, 0, &start));
    sim_queue_begin(queue);
    assert_true(sim_queue_start(queue, pool, 0, &start));
    assert_int_equal(start.worker, 0);
    sim_queue_free(queue);
    sim_pool_free(pool);
}

static void holding_lasts_one_allotment(void **state)
{
    const struct sim_request joint = {A_AND_B, 0, 0, HOLDS};
    const struct sim_request single = {ONE_A, 0, 1, WAITS};
    struct sim_pool *pool = pool_of("A8 b8");
    struct sim_queue *queue = NULL;
    struct sim_start start;

    (void)state;
    assert_int_equal(sim_queue_new(lines, LINES, &queue), SIM_OK);
    assert_int_equal(sim_queue_add(queue, 0, &joint), SIM_OK);
    assert_int_equal(sim_queue_add(queue, 1, &single), SIM_OK);
    sim_queue_begin(queue);
    assert_false(sim_queue_start(queue, pool, 0, &start));
    assert_true(sim_queue_remove(queue, 0));
    sim_queue_begin(queue);
    assert_true(sim_queue_start(queue, pool, 0, &start));
    assert_int_equal(start.request, 1);
    sim_queue_free(queue);
    sim_pool_free(pool);
}

static void a_worker_who_leaves_is_not_on_duty(void **state)
{
    const struct sim_request joint = {A_AND_B, 0, 0, HOLDS};
    const struct sim_request single = {ONE_A, 0, 1, WAITS};
    struct sim_pool *pool = pool_of("A8 b8");
    struct sim_queue *queue = NULL;
    struct sim_start start;

    (void)state;
    assert_false(sim_pool_end_shift(pool, 1)); /* B goes when released */
    assert_int_equal(sim_queue_new(lines, LINES, &queue), SIM_OK);
    assert_int_equal(sim_queue_add(queue, 0, &joint), SIM_OK);
    assert_int_equal(sim_queue_add(queue, 1, &single), SIM_OK);
    sim_queue_begin(queue);
    assert_true(sim_queue_start(queue, pool, 0, &start));
    assert_int_equal(start.request, 1);
    sim_queue_free(queue);
    sim_pool_free(pool);
}

static void requests_can_be_taken_out(void **state)
{
    struct sim_pool *pool = pool_of("a8");
    struct sim_queue *queue = queue_in_want(pool);

    (void)state;
    assert_true(sim_queue_waits(queue, 0));
    assert_false(sim_queue_waits(queue, 1));
    assert_int_equal(sim_queue_line_length(queue, ONE_A), 1);
    assert_int_equal(sim_queue_length(queue), 1);
    assert_false(sim_queue_remove(queue, 1));
    assert_false(sim_queue_remove(queue, 12345));
    assert_true(sim_queue_remove(queue, 0));
    assert_false(sim_queue_remove(queue, 0));
    assert_int_equal(sim_queue_line_length(queue, ONE_A), 0);
    assert_int_equal(sim_queue_length(queue), 0);
    sim_queue_verify(queue);
    sim_queue_free(queue);
    sim_queue_free(NULL);
    sim_pool_free(pool);
}

/* Alike requests, put in line at once, start in the order of their ties, and
 * those of one tie in that of their numbers. */
struct alike_case {
    const char *name;
    uint32_t id[5], tie[5];
    uint32_t order[5];
};
static struct alike_case alike_cases[] = {
    {"alike requests start by their ties",
     {0, 1, 2, 3, 4},
     {30, 10, 40, 20, 50},
     {1, 3, 0, 2, 4}},
    {"the highest tie is higher than the half",
     {0, 1, 2, 3, 4},
     {UINT32_MAX, 0, 1u << 31, (1u << 31) - 1, 1},
     {1, 4, 3, 2, 0}},
    {"of one tie the lower number starts first",
     {4, 9, 2, 7, 1},
     {5, 5, 5, 1, 5},
     {7, 1, 2, 4, 9}},
};

static void alike_requests_start_in_order(void **state)
{
    const struct alike_case *c = *state;
    const struct sim_request alike = {ONE_A, 0, 5, WAITS};
    struct sim_pool *pool = pool_of("a8");
    struct sim_queue *queue = NULL;

    assert_int_equal(sim_queue_new(lines, LINES, &queue), SIM_OK);
    assert_int_equal(sim_queue_add_alike(queue, 4, c->id, c->tie, 9, &alike),
                     SIM_OK);
    assert_int_equal(
        sim_queue_add_alike(queue, 1, c->id + 4, c->tie + 4, 9, &alike),
        SIM_OK);
    assert_int_equal(sim_queue_add_alike(queue, 0, c->id, c->tie, 9, &alike),
                     SIM_OK);
    assert_int_equal(sim_queue_length(queue), 5);
    for (size_t i = 0; i < LENGTH(c->order); i++) {
        struct sim_start start;

        sim_queue_begin(queue);
        sim_queue_verify(queue);
        assert_false(sim_pool_release(pool, 0));
        assert_true(sim_queue_start(queue, pool, 0, &start));
        assert_int_equal(start.request, c->order[i]);
    }
    sim_queue_free(queue);
    sim_pool_free(pool);
}

/* And those taken out together are the first. */
static void some_leave_the_front_together(void **state)
{
    const struct sim_request alike = {ONE_A, 0, 5, WAITS};
    const uint32_t id[] = {0, 1, 2, 3}, tie[] = {30, 10, 40, 20};
    struct sim_queue *queue = NULL;

    (void)state;
    assert_int_equal(sim_queue_new(lines, LINES, &queue), SIM_OK);
    assert_int_equal(sim_queue_add_alike(queue, 4, id, tie, 3, &alike), SIM_OK);
    assert_int_equal(sim_entry_request(&sim_queue_front(queue, ONE_A)[2]), 0);
    sim_queue_drop(queue, ONE_A, 3);
    sim_queue_verify(queue);
    assert_int_equal(sim_queue_length(queue), 1);
    assert_int_equal(sim_queue_at(queue, ONE_A, 0), 2);
    assert_false(sim_queue_waits(queue, 0));
    sim_queue_drop(queue, ONE_A, 1);
    sim_queue_verify(queue);
    assert_int_equal(sim_queue_length(queue), 0);
    sim_queue_free(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(some_leave_the_front_together),
        cmocka_unit_test(passing_over_lasts_one_allotment),
        cmocka_unit_test(holding_lasts_one_allotment),
        cmocka_unit_test(a_worker_who_leaves_is_not_on_duty),
        cmocka_unit_test(requests_can_be_taken_out),
    };
    int failed = run_table("allotment", starts_are, start_cases) +
                 run_table("alike", alike_requests_start_in_order, alike_cases);

    return failed + cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
