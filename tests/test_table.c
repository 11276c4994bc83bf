/* The answer on a terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#include "tests/fake.h"
#include "tests/hostile.h"
#include "tests/table.h"

/* The table of a fake; the caller clears it. */
static struct text table_of(const struct fake_wish *wish)
{
    struct fake *fake = fake_new(wish);
    struct text out = {0};

    table_render(&fake->answer, &out);
    assert_int_equal(text_status(&out), SIM_OK);
    fake_free(fake);
    return out;
}

struct said_case {
    const char *name;
    const char *words;
};
static struct said_case said_cases[] = {
    {"its title", "Step-down from crisis house to floating support\n"},
    {"how often and how long", "200 simulated years of 52 weeks, after 39"},
    {"that it is modelled", "Modelled, not\nobserved."},
    {"what the interval is", "* 95% interval, assuming the inputs are right."},
    {"that utilisation is modelled work", "modelled work only"},
    {"the spread between years", "9 years in 10\n"},
    {"what falls due", "Contacts due "},
    {"weekdays apart from weekends", "Not delivered, weekends  3.1 in 100 (b"},
    {"who was not there", "Person was not there     11.0 in 100 (between"},
    {"the unwell among the missed", "Missed by people unwell  6.0 in 100"},
    {"first contacts", "First contact in time"},
    {"crises", "Crisis within 90 days    14.0 in 100 (between 13.7 and 14.3)"},
    {"stepping up", "Stepped up in 90 days"},
    {"each role", "Busy: support worker "},
    {"each level with places", "In crisis house "},
    {"how often it is full", "Time full: crisis house "},
    {"alerts", "Alerts raised "},
    {"cost", "Staff cost               9,332 a week"},
    {"a target that is met", "\n  met         contacts: 3.1 in 100"},
    {"one that is not", "\n  not met     weekends: 3.1 in 100"},
    {"one that nobody can tell", "\n  cannot tell returns: 7.0 in 100"},
    {"what was asked of a target", "asked at most 2 in 100\n"},
    {"a target from below", "asked at least 90 in"},
    {"assumptions", "70 of the 90 numbers in the scenario are assumptions."},
    {"that it is not calibrated", "Not calibrated to local\ndata."},
};

static void says(void **state)
{
    const struct said_case *c = *state;
    struct text out = table_of(&(struct fake_wish){0});

    if (!strstr(out.bytes, c->words))
        print_error("'%s' is not in\n%s", c->words, out.bytes);
    assert_non_null(strstr(out.bytes, c->words));
    text_clear(&out);
}

/* Lines of at most 80 characters with nothing but print in them. */
static void assert_plain(const char *text)
{
    size_t columns = 0;

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '\n') {
            columns = 0;
            continue;
        }
        assert_true(c >= 0x20 && c != 0x7f);
        columns += (c & 0xc0) != 0x80;
        assert_true(columns <= TABLE_COLUMNS);
    }
}

static void stays_in_its_lines(void **state)
{
    const struct hostile_case *c = *state;
    struct text out = table_of(&(struct fake_wish){.name = c->text});

    assert_plain(out.bytes);
    text_clear(&out);
}

static void leaves_out_what_cannot_be_had(void **state)
{
    struct text out =
        table_of(&(struct fake_wish){.empty = true, .replications = 2});

    (void)state;
    assert_plain(out.bytes);
    assert_null(strstr(out.bytes, "nan"));
    assert_null(strstr(out.bytes, "9 years in 10"));
    assert_null(strstr(out.bytes, "Crisis within"));
    assert_non_null(strstr(out.bytes, "  no data     contacts: no data;"));
    text_clear(&out);
}

struct wrap_case {
    const char *name;
    const char *given;
    size_t at, indent;
    const char *expected;
};
#define TEN "123456789 "
static struct wrap_case wrap_cases[] = {
    {"a short line stays", "a b", 0, 2, "a b\n"},
    {"nothing is a line all the same", "", 0, 2, "\n"},
    {"a long one is broken at a space", TEN TEN TEN TEN TEN TEN TEN TEN "x", 0,
     2, TEN TEN TEN TEN TEN TEN TEN "123456789\n  x\n"},
    {"where the first begins further on", TEN TEN TEN TEN TEN TEN TEN TEN, 11,
     4, TEN TEN TEN TEN TEN TEN "123456789\n    123456789\n"},
    {"a word without spaces is cut",
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaa",
     0, 0,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaa\naaaaaaaa\n"},
};

static void wraps(void **state)
{
    const struct wrap_case *c = *state;
    struct text out = {0};

    table_wrap(c->given, c->at, c->indent, &out);
    assert_string_equal(out.bytes, c->expected);
    text_clear(&out);
}

struct cell_case {
    const char *name;
    const char *given;
    size_t columns;
    const char *expected;
};
static struct cell_case cell_cases[] = {
    {"a short cell is filled", "ab", 4, "ab  "},
    {"one that fits stays", "abcd", 4, "abcd"},
    {"a long one is cut", "abcde", 4, "ab.."},
    {"by characters, not bytes", "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 4,
     "\xc3\xa9\xc3\xa9.."},
};

static void fills(void **state)
{
    const struct cell_case *c = *state;
    struct text out = {0};

    table_cell(c->given, c->columns, &out);
    assert_string_equal(out.bytes, c->expected);
    text_clear(&out);
}

int main(void)
{
    static struct hostile_case hostile[] = {HOSTILE_CASES};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_out_what_cannot_be_had),
    };

    return run_table("what the table says", says, said_cases) +
           run_table("names", stays_in_its_lines, hostile) +
           run_table("wrapping", wraps, wrap_cases) +
           run_table("cells", fills, cell_cases) +
           cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
