/*
 * The rules of verification: how far off, and what that means; and estimates
 * of what a computed check counts itself.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>

#include "sim/tally.h"
#include "tests/verify/verify.h"

/* Both figures are printed with so many digits that this is no difference. */
static bool same(double a, double b)
{
    return fabs(a - b) <= VERIFY_DIGITS * fmax(fabs(a), fabs(b));
}

double verify_z(const struct verify_found *found, double truth)
{
    if (isnan(found->mean) || isnan(truth))
        return NAN;
    if (same(found->mean, truth))
        return 0;
    if (!(found->error > 0)) /* NAN too: a difference that nothing explains */
        return found->mean > truth ? INFINITY : -INFINITY;
    return (found->mean - truth) / found->error;
}

/* Whether a check that is no matter of standard errors is as it should be. */
static bool is_so(const struct verify_check *check,
                  const struct verify_found *found)
{
    if (check->kind == VERIFY_WITHIN)
        return found->mean >= check->low && found->mean <= check->high;
    if (check->kind == VERIFY_HOLDS)
        return found->mean == 1;
    return same(found->mean, check->truth);
}

/* The interval says little where it is wide. Of a truth of 0 there is no share
 * of it, and nothing can be asked. */
static bool is_wide(const struct verify_check *check,
                    const struct verify_found *found)
{
    double half = (found->upper - found->lower) / 2;

    return !check->wide && check->truth != 0 &&
           half > VERIFY_HALF_WIDTH * fabs(check->truth);
}

static enum verify_verdict judge_near(const struct verify_check *check,
                                      const struct verify_found *found,
                                      bool fresh, enum verify_form form)
{
    double off = fabs(verify_z(found, check->truth));

    if (check->wrong)
        return off > VERIFY_ERRORS ? VERDICT_CAUGHT : VERDICT_UNSEEN;
    if (!(off < VERIFY_HOPELESS)) /* NAN fails */
        return VERDICT_FAILS;
    if (off > VERIFY_ERRORS)
        return fresh ? VERDICT_FAILS : VERDICT_AGAIN;
    if (form == VERIFY_FULL && is_wide(check, found))
        return VERDICT_WIDE;
    return VERDICT_HOLDS;
}

enum verify_verdict verify_judge(const struct verify_check *check,
                                 const struct verify_found *found, bool fresh,
                                 enum verify_form form)
{
    if (check->kind == VERIFY_NEAR)
        return judge_near(check, found, fresh, form);
    if (check->wrong) /* what could not be found catches nothing */
        return is_so(check, found) || isnan(found->mean) ? VERDICT_UNSEEN
                                                         : VERDICT_CAUGHT;
    return is_so(check, found) ? VERDICT_HOLDS : VERDICT_FAILS;
}

const char *verify_verdict_text(enum verify_verdict verdict)
{
    static const char *const text[] = {
        [VERDICT_HOLDS] = "holds",   [VERDICT_AGAIN] = "run again",
        [VERDICT_FAILS] = "FAILS",   [VERDICT_WIDE] = "TOO WIDE",
        [VERDICT_CAUGHT] = "caught", [VERDICT_UNSEEN] = "NOT CAUGHT",
    };

    return text[verdict];
}

static struct verify_found interval(double mean, double error, double points)
{
    return (struct verify_found){mean, error, mean - points * error,
                                 mean + points * error};
}

struct verify_found verify_mean(const double *value, size_t count)
{
    struct sim_moments moments = {0};
    double error;

    for (size_t i = 0; i < count; i++)
        sim_moments_add(&moments, value[i]);
    error = sqrt(sim_moments_variance(&moments) / (double)count);
    return interval(moments.mean, error,
                    gsl_cdf_tdist_Pinv(0.975, (double)count - 1));
}

struct verify_found verify_share(double events, double count)
{
    double share = events / count;

    return interval(share, sqrt(share * (1 - share) / count),
                    gsl_cdf_ugaussian_Pinv(0.975));
}
