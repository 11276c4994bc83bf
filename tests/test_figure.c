/* Figures: that no name runs, breaks or is lost, and what happens where gnuplot
 * or the temporary folder fails.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/figure.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "plots/html.h"
#include "tests/fake.h"
#include "tests/hostile.h"
#include "tests/markup.h"
#include "tests/table.h"

/* A signal handler has no other way to speak. */
static volatile sig_atomic_t stopped;

static void on_alarm(int number)
{
    (void)number;
    stopped = 1;
}

/* A folder of the test's own, which all temporary files go to. */
struct room {
    char path[64];
};

static void room_init(struct room *room)
{
    strcpy(room->path, "/tmp/test-figure-XXXXXX");
    assert_non_null(mkdtemp(room->path));
    assert_int_equal(setenv("TMPDIR", room->path, 1), 0);
}

static int entries_of(const char *path)
{
    DIR *folder = opendir(path);
    int count = -2; /* without . and .. */

    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

/* Nothing is left in it; then it goes. */
static void room_clear(struct room *room)
{
    assert_int_equal(entries_of(room->path), 0);
    assert_int_equal(rmdir(room->path), 0);
    assert_int_equal(unsetenv("TMPDIR"), 0);
}

/* The name with PROOF made a path in the room. */
static char *armed(const char *name, const struct room *room)
{
    char *out = calloc(1, 1024);
    const char *proof = strstr(name, "PROOF");

    assert_non_null(out);
    if (proof)
        snprintf(out, 1024, "%.*s%s/PROOF%s", (int)(proof - name), name,
                 room->path, proof + 5);
    else
        snprintf(out, 1024, "%s", name);
    return out;
}

static struct figures drawn(const struct fake_wish *wish,
                            const struct figure_tools *tools)
{
    struct fake *fake = fake_new(wish);
    struct figures figures;

    assert_int_equal(figures_draw(&fake->answer, tools, &figures), SIM_OK);
    fake_free(fake);
    return figures;
}

/* The start of the name, as it must stand in a picture. */
static void assert_named(const char *svg, const char *name)
{
    struct text escaped = {0};
    char plain[24];

    text_plain(name, plain, sizeof plain);
    text_add(&escaped, "");
    html_add(&escaped, plain);
    assert_non_null(strstr(svg, escaped.bytes));
    text_clear(&escaped);
}

static void draws_whatever_the_names(void **state)
{
    const struct hostile_case *c = *state;
    struct figure_tools tools = {0};
    struct figures figures;
    struct room room;
    char *name;

    room_init(&room);
    name = armed(c->text, &room);
    figures = drawn(&(struct fake_wish){.name = name, .precise = true}, &tools);
    for (int i = 0; i < FIGURE_COUNT; i++) {
        const char *svg = figures.figure[i].svg.bytes;
        const char *fault;

        assert_int_equal(figures.figure[i].status, FIGURE_DRAWN);
        fault = markup_fault(svg);
        if (fault)
            print_error("figure %d: %s\n", i, fault);
        assert_null(fault);
        assert_non_null(strstr(svg, "Modelled, not observed"));
        if (i == FIGURE_HOURS || i == FIGURE_OCCUPANCY || i == FIGURE_STATES ||
            i == FIGURE_TRACE)
            assert_named(svg, name);
    }
    assert_string_equal(figures_complaint(&figures), "");
    figures_clear(&figures);
    free(name);
    room_clear(&room);
}

struct tool_case {
    const char *name;
    const char *gnuplot;
    const char *path; /* PATH, or NULL: as it is */
    enum figure_status status;
    const char *complaint; /* what it says in part */
};
static struct tool_case tool_cases[] = {
    {"no such program", "gnuplot-is-not-here", NULL, FIGURE_NO_GNUPLOT,
     "apt install gnuplot-nox"},
    {"no gnuplot in PATH", NULL, "/nowhere", FIGURE_NO_GNUPLOT,
     "gnuplot is not installed"},
    {"a program that fails", "false", NULL, FIGURE_FAILED, "gnuplot failed"},
    {"a program that draws nothing", "true", NULL, FIGURE_FAILED,
     "gnuplot failed"},
    {"a name that a shell would run", "true; touch PROOF", NULL,
     FIGURE_NO_GNUPLOT, "gnuplot-nox"},
};

static void says_what_failed(void **state)
{
    const struct tool_case *c = *state;
    struct figure_tools tools = {.gnuplot = c->gnuplot};
    const char *before = getenv("PATH");
    char *path = strdup(before ? before : "");
    struct figures figures;
    struct room room;

    room_init(&room);
    if (c->path)
        assert_int_equal(setenv("PATH", c->path, 1), 0);
    figures = drawn(&(struct fake_wish){.precise = true}, &tools);
    assert_int_equal(setenv("PATH", path, 1), 0);
    for (int i = 0; i < FIGURE_COUNT; i++) {
        assert_int_equal(figures.figure[i].status, c->status);
        assert_int_equal(figures.figure[i].svg.length, 0);
    }
    assert_non_null(strstr(figures_complaint(&figures), c->complaint));
    assert_null(strchr(figures_complaint(&figures), '\n'));
    figures_clear(&figures);
    free(path);
    room_clear(&room);
}

static void needs_a_folder_for_its_files(void **state)
{
    struct figure_tools tools = {0};
    struct figures figures;

    (void)state;
    assert_int_equal(setenv("TMPDIR", "/nowhere", 1), 0);
    figures = drawn(&(struct fake_wish){.precise = true}, &tools);
    assert_int_equal(unsetenv("TMPDIR"), 0);
    for (int i = 0; i < FIGURE_COUNT; i++)
        assert_int_equal(figures.figure[i].status, FIGURE_FAILED);
    assert_non_null(strstr(figures_complaint(&figures), "temporary files"));
    figures_clear(&figures);
}

static void draws_nothing_of_nothing(void **state)
{
    struct figure_tools tools = {0};
    struct figures figures = drawn(&(struct fake_wish){.empty = true}, &tools);

    (void)state;
    assert_int_equal(figures.figure[FIGURE_HOURS].status, FIGURE_NO_DATA);
    assert_int_equal(figures.figure[FIGURE_DAYS].status, FIGURE_NO_DATA);
    assert_int_equal(figures.figure[FIGURE_CURVES].status, FIGURE_NO_DATA);
    assert_int_equal(figures.figure[FIGURE_STATES].status, FIGURE_NO_DATA);
    assert_int_equal(figures.figure[FIGURE_TRACE].status, FIGURE_NO_DATA);
    assert_string_equal(figures_complaint(&figures), "");
    figures_clear(&figures);
}

/* Two runs have intervals and no spread; one has neither. */
static void draws_of_few_runs(void **state)
{
    struct figure_tools tools = {0};

    (void)state;
    for (uint32_t runs = 1; runs <= 2; runs++) {
        struct figures figures = drawn(
            &(struct fake_wish){.replications = runs, .precise = true}, &tools);
        for (int i = 0; i < FIGURE_COUNT; i++) {
            assert_int_equal(figures.figure[i].status,
                             i == FIGURE_TRACE && runs < 2 ? FIGURE_NO_DATA
                                                           : FIGURE_DRAWN);
            if (figures.figure[i].status != FIGURE_DRAWN)
                continue;
            assert_null(
                strstr(figures.figure[i].svg.bytes, "simulated years in 10"));
        }
        figures_clear(&figures);
    }
}

static void does_not_start_when_stopped(void **state)
{
    volatile sig_atomic_t stop = 1;
    struct figure_tools tools = {.stop = &stop};
    struct figures figures = drawn(&(struct fake_wish){0}, &tools);

    (void)state;
    for (int i = 0; i < FIGURE_COUNT; i++)
        assert_int_equal(figures.figure[i].status, FIGURE_STOPPED);
    assert_non_null(strstr(figures_complaint(&figures), "stopped"));
    figures_clear(&figures);
}

/* A gnuplot that never ends is killed with all it started. */
static void kills_what_it_started(void **state)
{
    struct sigaction action = {.sa_handler = on_alarm};
    struct itimerval soon = {.it_value = {.tv_usec = 200000}};
    struct figure_tools tools = {.stop = &stopped};
    char script[] = "/tmp/test-figure-hang-XXXXXX";
    int file = mkstemp(script);
    struct figures figures;
    struct room room;

    (void)state;
    assert_true(file >= 0);
    assert_int_equal(write(file, "#!/bin/sh\nsleep 100\n", 20), 20);
    assert_int_equal(fchmod(file, 0700), 0);
    close(file);
    tools.gnuplot = script;
    room_init(&room);
    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
    figures = drawn(&(struct fake_wish){0}, &tools);
    for (int i = 0; i < FIGURE_COUNT; i++)
        assert_int_equal(figures.figure[i].status, FIGURE_STOPPED);
    figures_clear(&figures);
    unlink(script);
    room_clear(&room);
}

int main(void)
{
    static struct hostile_case hostile[] = {HOSTILE_CASES};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needs_a_folder_for_its_files),
        cmocka_unit_test(draws_nothing_of_nothing),
        cmocka_unit_test(draws_of_few_runs),
        cmocka_unit_test(does_not_start_when_stopped),
        cmocka_unit_test(kills_what_it_started),
    };

    return run_table("names", draws_whatever_the_names, hostile) +
           run_table("gnuplot", says_what_failed, tool_cases) +
           cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
