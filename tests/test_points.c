/* Fixed random points: firing times against closed forms, and that how the
 * points are searched changes nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/points.h"

#include "tests/stats.h"
#include "tests/table.h"

#define ENTITIES 20000u

static const struct sim_chance run = {4711, 3};

/* Hazards per day, by days since 0, whose integrals are known. */
struct shape {
    double rate;        /* per day */
    double half_days;   /* it halves in so many days; 0: it does not */
    double evening;     /* times so much from 18:00 to 24:00; 0: it does not */
    double later;       /* the rate from `change_days` on */
    double change_days; /* 0: it does not change */
};

static double shape_hazard(const void *context, sim_ms time)
{
    const struct shape *s = context;
    double days = (double)time / (double)SIM_DAY;

    if (s->half_days > 0)
        return s->rate * exp2(-days / s->half_days);
    if (s->evening > 0)
        return time % SIM_DAY >= 18 * SIM_HOUR ? s->rate * s->evening : s->rate;
    if (s->change_days > 0 && days >= s->change_days)
        return s->later;
    return s->rate;
}

/* The integral of the hazard from 0 to `days`. */
static double shape_integral(const struct shape *s, double days)
{
    double whole = floor(days);
    double part = days - whole;

    if (s->half_days > 0)
        return s->rate * s->half_days / log(2) *
               (1 - exp2(-days / s->half_days));
    if (s->evening > 0)
        return s->rate * (whole * (0.75 + 0.25 * s->evening) +
                          fmin(part, 0.75) + s->evening * fmax(part - 0.75, 0));
    if (s->change_days > 0 && days > s->change_days)
        return s->rate * s->change_days + s->later * (days - s->change_days);
    return s->rate * days;
}

static double shape_most(const struct shape *s)
{
    return fmax(fmax(s->rate, s->rate * s->evening), s->later);
}

static double shape_cdf(double days, const void *context)
{
    return -expm1(-shape_integral(context, days));
}

static struct sim_points_query query_of(const struct shape *shape,
                                        uint32_t entity)
{
    return (struct sim_points_query){
        .chance = &run,
        .name = {.owner = sim_tag("test"), .number = entity, .purpose = 1},
        .horizon = SIM_NEVER,
        .bound = shape_most(shape),
        .hazard = shape_hazard,
        .context = shape,
    };
}

/* The firing time of a fresh clock. */
static sim_ms fires(const struct sim_points_query *query)
{
    struct sim_points points;

    sim_points_init(&points);
    return sim_points_next(&points, query);
}

struct closed_case {
    const char *name;
    struct shape shape;
    double horizon_days;
    bool constant; /* searched as a constant hazard */
};
static struct closed_case closed_cases[] = {
    {"a constant hazard far below band 0's top", {.rate = 0.005}, 5000, true},
    {"a constant hazard of band 0", {.rate = 0.03}, 1000, true},
    {"a constant hazard just below the edge of a band",
     {.rate = 0.2499},
     100,
     true},
    {"a constant hazard at the edge of a band", {.rate = 0.25}, 100, true},
    {"a constant hazard just above", {.rate = 0.2501}, 100, true},
    {"a constant hazard of many bands", {.rate = 5}, 10, true},
    {"a constant hazard that hardly anybody meets",
     {.rate = 1e-5},
     30000,
     true},
    {"the highest hazard of all", {.rate = 4096}, 0.01, true},
    {"the same, as a function", {.rate = 5}, 10, false},
    {"a decaying hazard", {.rate = 0.2, .half_days = 7}, 200, false},
    {"a hazard that decays fast", {.rate = 3, .half_days = 0.1}, 10, false},
    {"a hazard by the hour", {.rate = 0.1, .evening = 6}, 100, false},
    {"a hazard that rises once",
     {.rate = 0.02, .later = 0.7, .change_days = 9},
     100,
     false},
    {"a hazard that falls once",
     {.rate = 0.3, .later = 0.01, .change_days = 3},
     1000,
     false},
};

/* Fill `days` with the firing times before the horizon; how many. */
static size_t fire_all(const struct closed_case *c, double *days)
{
    size_t count = 0;

    for (uint32_t i = 0; i < ENTITIES; i++) {
        struct sim_points_query query = query_of(&c->shape, i);
        sim_ms time;

        query.horizon = (sim_ms)(c->horizon_days * (double)SIM_DAY);
        if (c->constant)
            query.hazard = NULL;
        time = fires(&query);
        if (time != SIM_NEVER)
            days[count++] = (double)time / (double)SIM_DAY;
    }
    return count;
}

static void fires_as_the_closed_form(void **state)
{
    const struct closed_case *c = *state;
    double *days = malloc(ENTITIES * sizeof *days);
    double p = shape_cdf(c->horizon_days, &c->shape);
    struct shape wrong = c->shape;
    size_t count;

    assert_non_null(days);
    count = fire_all(c, days);
    assert_near((double)count / ENTITIES, p,
                STANDARD_ERRORS * sqrt(p * (1 - p) / ENTITIES) + 1e-12);
    assert_true(ks_statistic(days, count, ENTITIES, shape_cdf, &c->shape) <
                ks_bound(ENTITIES));
    /* The control: a rate a tenth too high must not pass. */
    wrong.rate *= 1.1;
    wrong.later *= 1.1;
    assert_true(ks_statistic(days, count, ENTITIES, shape_cdf, &wrong) >
                ks_bound(ENTITIES));
    free(days);
}

struct bound_case {
    const char *name;
    struct shape shape;
    double times; /* how much looser the bound is */
};
static struct bound_case bound_cases[] = {
    {"constant, bound 1.7 times", {.rate = 0.03}, 1.7},
    {"constant, bound 64 times", {.rate = 0.03}, 64},
    {"decaying, bound 1.7 times", {.rate = 0.2, .half_days = 7}, 1.7},
    {"decaying, bound 64 times", {.rate = 0.2, .half_days = 7}, 64},
    {"by the hour, bound 1.7 times", {.rate = 0.1, .evening = 6}, 1.7},
    {"by the hour, bound 64 times", {.rate = 0.1, .evening = 6}, 64},
};

/* Five searches by each clock, from one firing to the next. */
static void bound_changes_nothing(void **state)
{
    const struct bound_case *c = *state;

    for (uint32_t i = 0; i < 1000; i++) {
        struct sim_points_query tight = query_of(&c->shape, i);
        struct sim_points_query loose = tight;
        struct sim_points tight_points;
        struct sim_points loose_points;

        tight.horizon = loose.horizon = 100 * SIM_DAY;
        loose.bound *= c->times;
        sim_points_init(&tight_points);
        sim_points_init(&loose_points);
        for (int n = 0; n < 5 && tight.after < tight.horizon; n++) {
            sim_ms time = sim_points_next(&tight_points, &tight);

            assert_true(sim_points_next(&loose_points, &loose) == time);
            tight.after = loose.after = time;
        }
    }
}

static void a_constant_needs_no_function(void **state)
{
    const struct shape shape = {.rate = 0.4};

    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        struct sim_points_query query = query_of(&shape, i);
        sim_ms time = fires(&query);

        query.hazard = NULL;
        assert_true(fires(&query) == time);
    }
}

/* ---- the definition of the header, point by point from the origin ---- */

#define BANDS 8
#define CELL_POINTS 64

static double band_top(unsigned b)
{
    return exp2(2 * (double)b - 2);
}

static double cell_days(unsigned b)
{
    return exp2(5 - 2 * (double)b);
}

/* Which block, of which index, points 4 pair and 4 pair + 1 of a cell have; the
 * next index has the two that follow. */
static void name_of(unsigned b, uint32_t cell, uint32_t pair, uint32_t *index,
                    unsigned *block)
{
    uint32_t number = ((uint32_t)1 << (10 + 2 * b)) + cell;

    *index = number / 16 * 2;
    *block = number % 16 * 16 + pair;
}

/* The first point of a cell that is later than `after` and below the bound. */
static sim_ms plain_cell(const struct sim_points_query *query, unsigned b,
                         uint32_t cell)
{
    double height = b == 0 ? 0 : band_top(b - 1);
    sim_ms first = SIM_NEVER;

    for (uint32_t n = 0; n < CELL_POINTS; n++) {
        struct sim_name name = query->name;
        uint32_t word[4], index;
        unsigned block;
        double days;
        sim_ms time;

        name_of(b, cell, n / 4, &index, &block);
        sim_name_index(&name, index + n / 2 % 2);
        sim_chance_words(query->chance, &name, block, word);
        height -= log((word[n % 2 * 2] + 0.5) * 0x1p-32) / cell_days(b);
        if (height >= band_top(b) || height >= query->bound)
            break;
        days = (cell + (word[n % 2 * 2 + 1] + 0.5) * 0x1p-32) * cell_days(b);
        time = query->origin + (sim_ms)(days * (double)SIM_DAY);
        if (time > query->after && time < first)
            first = time;
    }
    return first;
}

static sim_ms plain_next(const struct sim_points_query *query)
{
    sim_ms first = query->horizon;

    for (unsigned b = 0; b < BANDS; b++) {
        sim_ms cell_ms = (sim_ms)(cell_days(b) * (double)SIM_DAY);

        for (uint32_t cell = 0; query->origin + cell * cell_ms < first;
             cell++) {
            sim_ms time = plain_cell(query, b, cell);

            first = time < first ? time : first;
        }
        if (query->bound <= band_top(b))
            break;
    }
    return first < query->horizon ? first : SIM_NEVER;
}

/* Whatever a block is made for can be told from its name. */
static void no_two_points_share_a_name(void **state)
{
    (void)state;
    for (unsigned b = 0; b < BANDS; b++) {
        uint32_t cells = (uint32_t)(SIM_POINT_DAYS / cell_days(b));

        for (uint32_t i = 0; i < 4096; i++) {
            uint32_t cell = (uint32_t)((uint64_t)cells * i / 4096);
            uint32_t pair = i % (CELL_POINTS / 4), index, number;
            unsigned block;

            cell = i == 4095 ? cells - 1 : cell;
            name_of(b, cell, pair, &index, &block);
            assert_true(index + 1 < (uint32_t)1 << 24 && block < 256);
            assert_int_equal(index % 2, 0);
            assert_int_equal(block % 16, pair);
            number = index / 2 * 16 + block / 16;
            assert_int_equal(number - cells, cell);
            /* The band is the one whose cells begin there: from 4^b times as
             * many on as band 0 has, to less than twice that. */
            assert_true(number >= cells && number < 2 * cells);
            assert_int_equal(cells, 1024 << 2 * b);
        }
    }
}

/* The rate itself: what is constant, searched as what may vary. */
static double same_rate(const void *context, sim_ms time)
{
    (void)time;
    return *(const double *)context;
}

/* One clock is asked again and again, later each time, under rates that rise
 * and fall, with near and far horizons; as a constant and as a function. */
static void searches_find_what_the_definition_says(void **state)
{
    static const double rates[] = {0.03, 0.5, 0.0001, 7, 0.05, 0.2, 0.25};
    unsigned found = 0;

    (void)state;
    for (uint32_t i = 0; i < 300; i++) {
        struct shape shape = {.rate = 1};
        struct sim_points_query query = query_of(&shape, i);
        struct sim_points points, others;

        sim_points_init(&points);
        sim_points_init(&others);
        query.context = &query.bound;
        for (uint32_t k = 0; k < 40; k++) {
            sim_ms time;

            query.bound = rates[(i + k * k) % LENGTH(rates)];
            query.horizon = query.after + (1 + (i + k) % 50) * SIM_DAY;
            query.hazard = same_rate;
            time = sim_points_next(&others, &query);
            query.hazard = NULL;
            assert_true(sim_points_next(&points, &query) == time);
            assert_true(time == plain_next(&query));
            found += time != SIM_NEVER;
            query.after = time != SIM_NEVER && k % 3 ? time : query.after + 1;
        }
    }
    assert_true(found > 4000 && found < 11000); /* of 12,000 */
}

/* What was drawn last saves drawing it again, and has no other effect. */
static void memory_changes_nothing(void **state)
{
    const struct shape shape = {.rate = 0.2};

    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        struct sim_points_query query = query_of(&shape, i);
        struct sim_points points;

        sim_points_init(&points);
        for (uint32_t k = 0; k < 20; k++) {
            /* Back and forth, in one band or two. */
            query.after = (sim_ms)((i * 7 + k * k * 13) % 90) * SIM_DAY;
            query.bound = k % 3 ? 0.2 : 0.4;
            assert_true(sim_points_next(&points, &query) == fires(&query));
        }
    }
}

/* A higher hazard has all points of a lower one: whoever changes, changes no
 * later. */
static void a_higher_hazard_fires_no_later(void **state)
{
    unsigned same = 0;

    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        sim_ms last = SIM_NEVER;

        for (double rate = 0.001; rate < 4; rate *= 1.1) {
            struct shape shape = {.rate = rate};
            struct sim_points_query query = query_of(&shape, i);
            sim_ms time = fires(&query);

            assert_true(time <= last);
            same += time == last;
            last = time;
        }
    }
    /* A step changes what happens to a person with chance 0.1 / 1.1. */
    assert_true(same > 75000 && same < 81000); /* of 87,000 */
}

/* A clock is asked every day: low for five days, then high. */
static void a_search_leaves_no_trace(void **state)
{
    const struct shape low = {.rate = 0.001};
    const struct shape high = {.rate = 3};
    unsigned sooner = 0;

    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        struct sim_points_query query = query_of(&low, i);
        struct sim_points points;
        sim_ms quiet = 0;
        sim_ms time;

        sim_points_init(&points);
        for (int day = 0; day <= 5; day++) {
            query.after = day * SIM_DAY;
            quiet = sim_points_next(&points, &query);
        }
        query.context = &high;
        query.bound = high.rate;
        time = sim_points_next(&points, &query);
        assert_true(time == fires(&query));
        assert_true(time > 5 * SIM_DAY && time <= quiet);
        sooner += time < quiet;
    }
    assert_true(sooner > 900); /* points rejected before are seen again */
}

/* What a policy changes at `change_days` is unknown before: ask twice. */
static double fires_in_two_searches(const struct shape *shape, uint32_t entity)
{
    const struct shape before = {.rate = shape->rate};
    struct sim_points_query query = query_of(&before, entity);
    struct sim_points points;
    sim_ms change = (sim_ms)(shape->change_days * (double)SIM_DAY);
    sim_ms time;

    sim_points_init(&points);
    time = sim_points_next(&points, &query);
    if (time > change) {
        const struct shape later = {.rate = shape->later};

        query.after = change;
        query.bound = later.rate;
        query.context = &later;
        time = sim_points_next(&points, &query);
    }
    return (double)time / (double)SIM_DAY;
}

static void searching_again_is_exact(void **state)
{
    static const struct shape shapes[] = {
        {.rate = 0.02, .later = 0.7, .change_days = 9},
        {.rate = 0.3, .later = 0.01, .change_days = 3}};
    double *days = malloc(ENTITIES * sizeof *days);

    (void)state;
    assert_non_null(days);
    for (size_t s = 0; s < LENGTH(shapes); s++) {
        for (uint32_t i = 0; i < ENTITIES; i++)
            days[i] = fires_in_two_searches(&shapes[s], i);
        assert_true(ks_statistic(days, ENTITIES, ENTITIES, shape_cdf,
                                 &shapes[s]) < ks_bound(ENTITIES));
    }
    free(days);
}

/* Firing and going on is a Poisson process: counts have mean and variance
 * rate x days; the variance of a variance is (mu + 2 mu^2) / n. */
static void firings_are_poisson(void **state)
{
    enum { CLOCKS = 4000 };
    const struct shape shape = {.rate = 0.7};
    const double mu = 0.7 * 20;
    double sum = 0;
    double squares = 0;

    (void)state;
    for (uint32_t i = 0; i < CLOCKS; i++) {
        struct sim_points_query query = query_of(&shape, i);
        struct sim_points points;
        int count = 0;

        query.horizon = 20 * SIM_DAY;
        sim_points_init(&points);
        while ((query.after = sim_points_next(&points, &query)) != SIM_NEVER)
            count++;
        sum += count;
        squares += (count - mu) * (count - mu);
    }
    assert_near(sum / CLOCKS, mu, STANDARD_ERRORS * sqrt(mu / CLOCKS));
    assert_near(squares / CLOCKS, mu,
                STANDARD_ERRORS * sqrt((mu + 2 * mu * mu) / CLOCKS));
}

static void nothing_fires_from_the_horizon_on(void **state)
{
    const struct shape shape = {.rate = 0.1};

    (void)state;
    for (uint32_t i = 0; i < 1000; i++) {
        struct sim_points_query query = query_of(&shape, i);
        sim_ms time = fires(&query);

        query.horizon = time;
        assert_true(fires(&query) == SIM_NEVER);
        query.horizon = time + 1;
        assert_true(fires(&query) == time);
        query.after = time + 1;
        assert_true(fires(&query) == SIM_NEVER);
    }
}

/* 89 years after the origin there are no points any more. */
static void clocks_end(void **state)
{
    const struct shape shape = {.rate = 3};
    struct sim_points_query query = query_of(&shape, 1);

    (void)state;
    query.after = SIM_POINT_DAYS * SIM_DAY - 20 * SIM_DAY;
    assert_true(fires(&query) < SIM_POINT_DAYS * SIM_DAY);
    query.after = SIM_POINT_DAYS * SIM_DAY - 1;
    assert_true(fires(&query) == SIM_NEVER);
    query.after = SIM_NEVER - 1;
    assert_true(fires(&query) == SIM_NEVER);
}

static void no_hazard_never_fires(void **state)
{
    const struct shape none = {.rate = 0};
    struct sim_points_query query = query_of(&none, 1);

    (void)state;
    assert_true(fires(&query) == SIM_NEVER);
    query.hazard = NULL;
    assert_true(fires(&query) == SIM_NEVER);
    query.bound = 4096; /* the highest allowed, looked at for a day */
    query.hazard = shape_hazard;
    query.horizon = SIM_DAY;
    assert_true(fires(&query) == SIM_NEVER);
}

static void the_origin_shifts_all(void **state)
{
    const struct shape shape = {.rate = 0.1};

    (void)state;
    for (uint32_t i = 0; i < 100; i++) {
        struct sim_points_query query = query_of(&shape, i);
        sim_ms time = fires(&query);

        query.origin = query.after = 12345678;
        assert_true(fires(&query) == time + 12345678);
    }
}

static void names_have_points_of_their_own(void **state)
{
    const struct shape shape = {.rate = 0.1};
    struct sim_points_query query = query_of(&shape, 1);
    sim_ms time = fires(&query);

    (void)state;
    query.name.topic = 1;
    assert_true(fires(&query) != time);
    query.name.topic = 0;
    query.name.purpose = 2;
    assert_true(fires(&query) != time);
    query.name.purpose = 1;
    query.name.day = 77; /* overwritten, so without effect */
    assert_true(fires(&query) == time);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_constant_needs_no_function),
        cmocka_unit_test(searches_find_what_the_definition_says),
        cmocka_unit_test(no_two_points_share_a_name),
        cmocka_unit_test(memory_changes_nothing),
        cmocka_unit_test(a_higher_hazard_fires_no_later),
        cmocka_unit_test(a_search_leaves_no_trace),
        cmocka_unit_test(searching_again_is_exact),
        cmocka_unit_test(firings_are_poisson),
        cmocka_unit_test(nothing_fires_from_the_horizon_on),
        cmocka_unit_test(clocks_end),
        cmocka_unit_test(no_hazard_never_fires),
        cmocka_unit_test(the_origin_shifts_all),
        cmocka_unit_test(names_have_points_of_their_own),
    };
    int failed =
        run_table("closed forms", fires_as_the_closed_form, closed_cases);

    failed += run_table("bounds", bound_changes_nothing, bound_cases);
    return failed + cmocka_run_group_tests_name("points", tests, NULL, NULL);
}
