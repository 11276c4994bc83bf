/* Order: what stands in a place, as sorting has it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/table.h"

#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>

#include "studies/order.h"

#define MOST 60

/* Numbers drawn from as many as `kinds`, from `least` on. */
struct order_case {
    const char *name;
    uint32_t kinds;
    double least;
};
static struct order_case order_cases[] = {
    {"one number throughout", 1, 3},
    {"two numbers", 2, -1},
    {"some alike", 20, -10},
    {"hardly any alike", 1000000, 0},
};

static void assert_in_place(const double *value, const double *sorted,
                            size_t count, size_t place)
{
    assert_true(value[place] == sorted[place]);
    for (size_t i = 0; i < count; i++)
        assert_true(i < place ? value[i] <= value[place]
                              : value[i] >= value[place]);
}

static void a_number_stands_where_sorting_puts_it(void **state)
{
    const struct order_case *c = *state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    gsl_rng_set(rng, 20261201);
    for (size_t count = 1; count <= MOST; count++)
        for (size_t place = 0; place < count; place++) {
            double value[MOST], sorted[MOST];

            for (size_t i = 0; i < count; i++)
                value[i] = sorted[i] =
                    c->least + (double)gsl_rng_uniform_int(rng, c->kinds);
            gsl_sort(sorted, 1, count);
            assert_true(order_place(value, count, place) == sorted[place]);
            assert_in_place(value, sorted, count, place);
            gsl_sort(value, 1, count); /* none is lost */
            assert_memory_equal(value, sorted, count * sizeof *value);
        }
    gsl_rng_free(rng);
}

int main(void)
{
    return run_table("order", a_number_stands_where_sorting_puts_it,
                     order_cases);
}
