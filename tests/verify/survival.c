/* Times to a first crisis, from an event log.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/survival.h"

#include <gsl/gsl_cdf.h>
#include <sqlite3.h>

#define MS_A_DAY 86400e3

/* People by the time at which their first crisis or their leaving ends their
 * being at risk. */
struct times {
    double *days; /* [count] */
    bool *crisis;
    size_t count, room;
};

static void add_person(struct times *times, double days, bool crisis)
{
    if (times->count == times->room) {
        times->room = times->room ? 2 * times->room : 1024;
        times->days = realloc(times->days, times->room * sizeof *times->days);
        times->crisis =
            realloc(times->crisis, times->room * sizeof *times->crisis);
        assert_non_null(times->days);
        assert_non_null(times->crisis);
    }
    times->days[times->count] = days;
    times->crisis[times->count++] = crisis;
}

static void read_times(const char *path, double from_days, double days,
                       struct times *out)
{
    static const char query[] =
        "SELECT p.referred_ms, p.left_ms, MIN(c.at_ms) FROM people p "
        "LEFT JOIN crises c ON c.person = p.person WHERE p.referred_ms < ? "
        "GROUP BY p.person "
        "ORDER BY MIN(COALESCE(c.at_ms, p.left_ms, 9e18)) - p.referred_ms";
    sqlite3_stmt *statement = NULL;
    sqlite3 *log = NULL;

    assert_int_equal(sqlite3_open_v2(path, &log, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(log, query, -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_bind_double(statement, 1, from_days * MS_A_DAY),
                     SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        double referred = sqlite3_column_double(statement, 0);
        bool crisis = sqlite3_column_type(statement, 2) != SQLITE_NULL;
        bool left = sqlite3_column_type(statement, 1) != SQLITE_NULL;
        double end = sqlite3_column_double(statement, crisis ? 2 : 1);
        double at = crisis || left ? (end - referred) / MS_A_DAY : days;

        /* Who is there still was followed for so long. */
        add_person(out, at < days ? at : days, crisis && at <= days);
    }
    sqlite3_finalize(statement);
    sqlite3_close(log);
}

/* The times are in order and, to the millisecond, hardly ever the same. */
static struct verify_found kaplan_meier(const struct times *times)
{
    double surviving = 1, greenwood = 0;
    double points = gsl_cdf_ugaussian_Pinv(0.975), error;

    for (size_t i = 0; i < times->count; i++) {
        double at_risk = (double)(times->count - i);

        if (!times->crisis[i])
            continue;
        surviving *= 1 - 1 / at_risk;
        if (at_risk > 1)
            greenwood += 1 / (at_risk * (at_risk - 1));
    }
    error = surviving * sqrt(greenwood);
    return (struct verify_found){1 - surviving, error,
                                 1 - surviving - points * error,
                                 1 - surviving + points * error};
}

void survival_read(const char *path, double from_days, double days,
                   struct survival *out)
{
    struct times times = {0};
    double crises = 0;

    read_times(path, from_days, days, &times);
    assert_true(times.count > 1000);
    for (size_t i = 0; i < times.count; i++)
        crises += times.crisis[i];
    out->share = verify_share(crises, (double)times.count);
    out->kaplan_meier = kaplan_meier(&times);
    free(times.days);
    free(times.crisis);
}
