/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/arena.h"
#include "tests/support.h"

static void starts_zeroed_and_aligned(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_non_null(arena);
    for (size_t size = 0; size < 300; size += 7) {
        unsigned char *at = arena_alloc(arena, size);

        assert_non_null(at);
        assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(at[i], 0);
        if (size > 0)
            memset(at, 0xff, size);
    }
    assert_false(arena_failed(arena));
    arena_free(arena);
}

static void gives_large_things_a_block_of_their_own(void **state)
{
    struct arena *arena = arena_new();
    const size_t size = (size_t)1 << 20;
    char *large = arena_alloc(arena, size);
    char *small = arena_alloc(arena, 1);

    (void)state;
    assert_non_null(large);
    assert_non_null(small);
    large[0] = large[size - 1] = 'x';
    assert_int_equal(small[0], 0);
    arena_free(arena);
}

static void refuses_a_product_that_overflows(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_null(arena_array(arena, SIZE_MAX / 2, 3));
    assert_true(arena_failed(arena));
    arena_free(arena);
}

static void refuses_what_no_machine_has(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_null(arena_alloc(arena, SIZE_MAX));
    assert_null(arena_text(arena, "", SIZE_MAX));
    assert_true(arena_failed(arena));
    assert_non_null(arena_alloc(arena, 1)); /* and goes on */
    arena_free(arena);
}

static void copies_and_makes_texts(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(arena_text(arena, "house of", 5), "house");
    assert_string_equal(arena_format(arena, "%d %s", 8, "places"), "8 places");
    arena_free(arena);
}

static void fails_when_told_to(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    arena_fail_after(arena, 2);
    assert_non_null(arena_alloc(arena, 1));
    assert_non_null(arena_format(arena, "x"));
    assert_null(arena_format(arena, "x"));
    assert_true(arena_failed(arena));
    assert_null(arena_text(arena, "x", 1));
    arena_free(arena);
}

static void may_be_freed_as_null(void **state)
{
    (void)state;
    arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_zeroed_and_aligned),
        cmocka_unit_test(gives_large_things_a_block_of_their_own),
        cmocka_unit_test(refuses_a_product_that_overflows),
        cmocka_unit_test(refuses_what_no_machine_has),
        cmocka_unit_test(copies_and_makes_texts),
        cmocka_unit_test(fails_when_told_to),
        cmocka_unit_test(may_be_freed_as_null),
    };

    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
