/* results.csv: quoting, formulas made harmless, and the rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/results_csv.h"

#include "tests/fake.h"
#include "tests/hostile.h"
#include "tests/table.h"

#define COLUMNS 10

struct cell_case {
    const char *name;
    const char *given, *expected;
};
static struct cell_case cell_cases[] = {
    {"plain words stay as they are", "support worker", "support worker"},
    {"a comma asks for quotes", "a, b", "\"a, b\""},
    {"a quote is doubled", "a \"b\"", "\"a \"\"b\"\"\""},
    {"a formula is made harmless", "=1+1", "'=1+1"},
    {"so is one with a plus", "+1", "'+1"},
    {"one with a minus", "-1", "'-1"},
    {"one with an at sign", "@SUM(A1)", "'@SUM(A1)"},
    {"one behind a tab", "\t=1", "'?=1"},
    {"both at once", "=\"a\",b", "\"'=\"\"a\"\",b\""},
    {"a sign inside is a name", "A+B", "A+B"},
    {"a new line cannot break the row", "a\nb", "a?b"},
    {"nothing is nothing", "", ""},
};

static void quotes_cells(void **state)
{
    const struct cell_case *c = *state;
    struct text out = {0};

    text_add(&out, "");
    results_csv_cell(c->given, &out);
    assert_string_equal(out.bytes, c->expected);
    text_clear(&out);
}

/* Cells of the line at `*at`, which moves to the next line. */
static int count_cells(const char **at)
{
    int cells = 1;
    bool quoted = false;

    for (; **at && (quoted || **at != '\n'); ++*at) {
        if (**at == '"')
            quoted = !quoted;
        cells += !quoted && **at == ',';
    }
    if (**at)
        ++*at;
    return cells;
}

static void has_a_row_for_each(void **state)
{
    const struct hostile_case *c = *state;
    struct fake *fake = fake_new(&(struct fake_wish){.name = c->text});
    struct text out = {0};
    const char *at;
    size_t lines = 0;

    results_csv_render(&fake->answer, &out);
    assert_int_equal(text_status(&out), SIM_OK);
    for (at = out.bytes; *at; lines++)
        assert_int_equal(count_cells(&at), COLUMNS);
    assert_int_equal(lines, fake->result.row_count + 1);
    text_clear(&out);
    fake_free(fake);
}

static void begins_with_its_heads(void **state)
{
    static const char head[] =
        "measure,slice,value,unit,mean,lower,upper,sd,p05,p95\n"
        "referrals,,,per week,";
    struct fake *fake = fake_new(&(struct fake_wish){0});
    struct text out = {0};

    (void)state;
    results_csv_render(&fake->answer, &out);
    assert_memory_equal(out.bytes, head, sizeof head - 1);
    assert_non_null(
        strstr(out.bytes, "\ncontacts_not_delivered,day,weekend,share,0.0"));
    assert_non_null(
        strstr(out.bytes, "\nutilisation,role,clinician,share,0.4"));
    text_clear(&out);
    fake_free(fake);
}

static void leaves_out_what_cannot_be_had(void **state)
{
    struct fake *fake =
        fake_new(&(struct fake_wish){.empty = true, .replications = 2});
    struct text out = {0};

    (void)state;
    results_csv_render(&fake->answer, &out);
    assert_non_null(strstr(out.bytes, "\ncontacts_missed,,,share,,,,,,\n"));
    assert_null(strstr(out.bytes, "nan"));
    text_clear(&out);
    fake_free(fake);
}

int main(void)
{
    static struct hostile_case hostile[] = {HOSTILE_CASES};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_with_its_heads),
        cmocka_unit_test(leaves_out_what_cannot_be_had),
    };

    return run_table("cells", quotes_cells, cell_cases) +
           run_table("rows", has_a_row_for_each, hostile) +
           cmocka_run_group_tests_name("results.csv", tests, NULL, NULL);
}
