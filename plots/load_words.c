/* Sentences about what is offered before any run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/load_words.h"

#include <math.h>

#include "plots/words.h"

/* ---- overloads ---- */

static void level_over(const struct load *load, uint32_t index,
                       struct text *out)
{
    const struct load_level *level = &load->level[index];
    const struct level *named = &load->scenario->level[index];

    text_printf(out,
                "%s is offered %.3g times its places: %.3g people for %u "
                "place%s, so %s",
                named->name, level->ratio, level->people, named->places,
                named->places == 1 ? "" : "s",
                named->patience.asked ? "people wait until they give up"
                                      : "its waiting list grows");
}

static void role_over(const struct load *load, uint32_t role, int day,
                      struct text *out)
{
    static const char *const on[] = {[LOAD_WEEKDAY] = "Mondays to Fridays",
                                     [LOAD_WEEKEND] = "Saturdays and Sundays"};
    const struct load_hours *hours = &load->role[role].day[day];
    const char *name = load->scenario->role[role].name;

    if (hours->rostered <= 0)
        text_printf(out,
                    "%s: nobody is rostered on %s, and %.2g hours of work a "
                    "day fall due then: it waits, or others do it",
                    name, on[day], hours->all);
    else
        text_printf(out,
                    "%s: on %s offered %.3g times what is rostered less "
                    "absence, %.3g hours of work a day for %.3g",
                    name, on[day], hours->ratio, hours->all, hours->present);
}

void load_words_overload(const struct load *load, uint32_t number,
                         struct text *out)
{
    for (uint32_t i = 0; i < load->scenario->level_count; i++)
        if (load_level_over(&load->level[i]) && number-- == 0) {
            level_over(load, i, out);
            return;
        }
    for (uint32_t r = 0; r < load->scenario->role_count; r++)
        for (int d = 0; d < LOAD_DAY_TYPES; d++)
            if (load_hours_over(&load->role[r].day[d]) && number-- == 0) {
                role_over(load, r, d, out);
                return;
            }
}

/* ---- formulas ---- */

static void add_reasons(unsigned differs, struct text *out)
{
    static const char *const why[LOAD_DIFFERS_COUNT] = {
        [LOAD_DIFFERS_HOURS] = "referrals keep to days or hours",
        [LOAD_DIFFERS_MOVES] =
            "people also come from other levels, which is not at random",
        [LOAD_DIFFERS_BLOCKING] =
            "places are held while the next level is full",
        [LOAD_DIFFERS_LEAVES] = "people move on at set times only",
        [LOAD_DIFFERS_KEPT] =
            "who waits while supported elsewhere may leave meanwhile",
        [LOAD_DIFFERS_CHOOSES] = "not everyone is let in at once",
        [LOAD_DIFFERS_STAYS] = "stays are not exponential"};
    bool any = false;

    if (differs == 0) {
        text_add(out, " The simulation should say the same.");
        return;
    }
    text_add(out, " The simulation may differ, because ");
    for (unsigned i = 0; i < LOAD_DIFFERS_COUNT; i++)
        if (differs >> i & 1) {
            text_printf(out, "%s%s", any ? "; " : "", why[i]);
            any = true;
        }
    text_add(out, ".");
}

/* Of 100, with a decimal where it is small. */
static void add_share(double share, struct text *out)
{
    char number[WORDS_SIZE];

    words_number(100 * share, share < 0.095 ? 1 : 0, number);
    text_add(out, number);
}

void load_words_formula(const struct load *load, uint32_t index,
                        struct text *out)
{
    const struct load_level *level = &load->level[index];

    text_printf(out, "%s: ", load->scenario->level[index].name);
    switch (level->formula) {
    case LOAD_NOBODY:
        text_add(out, "nobody comes.");
        break;
    case LOAD_UNLIMITED:
        text_printf(out,
                    "without a limit the number of people is Poisson "
                    "(M/G/infinity): at most %.0f on 95 days in 100.",
                    level->most);
        add_reasons(level->differs & ~(1u << LOAD_DIFFERS_HOURS), out);
        break;
    case LOAD_ERLANG_C:
        text_add(out, "by Erlang's formula (M/G/c) ");
        add_share(level->full, out);
        text_printf(out,
                    " in 100 wait for a place, %.2g days on average over all.",
                    level->wait_days);
        add_reasons(level->differs, out);
        break;
    case LOAD_ERLANG_B:
        add_share(level->full, out);
        text_add(out, " in 100 find no place and are sent on, by Erlang's "
                      "formula (M/G/c/c).");
        add_reasons(level->differs, out);
        break;
    case LOAD_ERLANG_A:
        text_add(out, "by Erlang's formula for people who give up (M/M/c+M) ");
        add_share(level->full, out);
        text_add(out, " in 100 wait for a place and ");
        add_share(level->gave_up, out);
        text_printf(out, " give up; %.2g days on average over all.",
                    level->wait_days);
        add_reasons(level->differs, out);
        break;
    case LOAD_IMPATIENT:
        text_add(out, "no textbook formula fits, because people give up "
                      "waiting.");
        break;
    default:
        text_add(out, "no textbook formula fits, because more is offered than "
                      "there are places.");
    }
}

const char *load_words_staff(void)
{
    return "Staff: no textbook formula fits, because contacts fall due at set "
           "times, for whoever is on duty then.";
}

const char *load_words_left_out(void)
{
    return "Approximate, for an ordinary week without holidays: as if nobody "
           "waited for a place, every contact were delivered and nobody "
           "disengaged; without the people of today's caseload, and without "
           "what the list in docs/load.md names. Work is counted for the role "
           "of first choice.";
}

const char *load_words_none(int error)
{
    if (error == SIM_ERR_LIMIT)
        return "What is offered cannot be said before a run: people never "
               "leave, or there are too many levels, states or days of a plan.";
    return sim_error_text(error);
}
