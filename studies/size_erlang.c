/*
 * The Erlang answer of one role. What a piece of work is, how long it takes and
 * may wait, is the mean over the contacts that the plans as written ask of the
 * role first; how much there is comes from the load, responses and handovers
 * included.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/size_erlang.h"

#include <math.h>

/* More on duty than any service has: no formula is asked for more. */
#define STAFF_MOST 200u

/* Contacts of the plans that fall to a role, weighed by how often they come. */
struct work {
    double contacts, minutes, window;
    bool joint, others;
};

static double minutes_of(const struct kind *kind)
{
    return (kind->travel.mean + kind->lasts.mean + kind->notes.mean) /
           (double)SIM_MINUTE;
}

/* Whether the role is among the first choice's. */
static bool is_first_choice(const struct kind *kind, uint32_t role)
{
    if (kind->staffing_count == 0)
        return false;
    for (uint32_t n = 0; n < kind->staffing[0].need_count; n++)
        if (kind->staffing[0].need[n].roles >> role & 1)
            return true;
    return false;
}

/* Contacts of one line of a step, the step run through once. */
static double contacts_of(const struct scenario *scenario,
                          const struct step *step,
                          const struct planned *planned)
{
    int32_t first = sim_day_of(scenario->calendar.warm_up);
    double count = 0;

    for (int32_t day = 0; day < step->days; day++)
        count += schedule_count(&planned->schedule, &scenario->civil,
                                first + day, day, 0, step->days);
    return count;
}

static void add_kind(struct work *work, const struct kind *kind, double count)
{
    const struct staffing *first = &kind->staffing[0];

    work->contacts += count;
    work->minutes += count * minutes_of(kind);
    work->window += count * (double)kind->window / (double)SIM_MINUTE;
    work->joint = work->joint || first->need_count > 1 ||
                  first->need[0].count > 1 || kind->pair_after >= 0;
    work->others = work->others || kind->staffing_count > 1 ||
                   kind->or_kind != NONE ||
                   (first->need[0].roles & (first->need[0].roles - 1)) != 0;
}

static struct work work_of(const struct scenario *scenario, uint32_t role)
{
    struct work work = {0};

    for (uint32_t p = 0; p < scenario->plan_count; p++)
        for (uint32_t s = 0; s < scenario->plan[p].step_count; s++) {
            const struct step *step = &scenario->plan[p].step[s];

            for (uint32_t i = 0; i < step->planned_count; i++) {
                const struct planned *planned = &step->planned[i];
                const struct kind *kind = &scenario->kind[planned->kind];

                if (is_first_choice(kind, role))
                    add_kind(&work, kind, contacts_of(scenario, step, planned));
            }
        }
    if (work.contacts > 0) {
        work.minutes /= work.contacts;
        work.window /= work.contacts;
    }
    return work;
}

/* ---- cover ---- */

/* Minutes of a week in which the role is rostered, by quarters of an hour,
 * and how many of it on average then; of the days of one type. */
static void set_cover(const struct scenario *scenario, struct size_erlang *out)
{
    bool covered[7 * 96] = {false};
    double hours = 0, covers = 0;
    int from = out->day == LOAD_WEEKEND ? SIM_SAT : SIM_MON;
    int until = out->day == LOAD_WEEKEND ? SIM_SUN : SIM_FRI;
    sim_ms quarter = SIM_HOUR / 4;

    for (uint32_t i = 0; i < scenario->shift_count; i++) {
        const struct shift *shift = &scenario->shift[i];

        if (shift->places[out->role] == 0)
            continue;
        for (int w = SIM_MON; w <= SIM_SUN; w++)
            for (sim_ms t = shift->hours.from; t < shift->hours.until;
                 t += quarter) {
                int at = (w * 96 + (int)(t / quarter)) % (7 * 96);

                if (!(shift->hours.days >> w & 1) || at / 96 < from ||
                    at / 96 > until)
                    continue;
                covered[at] = true;
                hours += shift->places[out->role] * 0.25;
            }
    }
    for (int at = from * 96; at < (until + 1) * 96; at++)
        covers += covered[at] ? 0.25 : 0;
    out->cover = covers / (until - from + 1);
    out->on_duty = covers > 0 ? hours / covers : 0;
}

/* ---- the formula ---- */

/* Chance to wait longer than `window` with `staff` on duty. */
static double late(uint32_t staff, double offered, double minutes,
                   double window)
{
    if (offered >= staff)
        return 1;
    return erlang_c(staff, offered) *
           exp(-(staff - offered) * window / minutes);
}

static void set_staff(struct size_erlang *out)
{
    if (!(out->minutes > 0))
        return;
    for (uint32_t c = 1; c <= STAFF_MOST; c++) {
        double chance = late(c, out->offered, out->minutes, out->window);

        if (chance <= out->share) {
            out->staff = c;
            out->late = chance;
            return;
        }
    }
}

static unsigned differs(const struct load *load, const struct work *work,
                        const struct size_erlang *out)
{
    const struct role *role = &load->scenario->role[out->role];
    unsigned bits = 1u << SIZE_DIFFERS_TOGETHER | 1u << SIZE_DIFFERS_WINDOWS |
                    1u << SIZE_DIFFERS_SHIFTS;

    if (role->absence.share > 0)
        bits |= 1u << SIZE_DIFFERS_ABSENCE;
    if (work->joint)
        bits |= 1u << SIZE_DIFFERS_JOINT;
    if (work->others)
        bits |= 1u << SIZE_DIFFERS_OTHERS;
    if (load->scenario->trigger_response[TRIGGER_NOT_DELIVERED] != NONE)
        bits |= 1u << SIZE_DIFFERS_BACK;
    return bits;
}

uint32_t size_erlang_make(const struct load *load, uint32_t role, double share,
                          struct size_erlang out[LOAD_DAY_TYPES])
{
    struct work work = work_of(load->scenario, role);
    uint32_t count = 0;

    for (int day = 0; day < LOAD_DAY_TYPES; day++) {
        const struct load_hours *hours = &load->role[role].day[day];
        struct size_erlang *of = &out[count];

        *of = (struct size_erlang){.role = role,
                                   .day = day,
                                   .share = share,
                                   .minutes = work.minutes,
                                   .window = work.window};
        set_cover(load->scenario, of);
        if (!(of->cover > 0) || !(hours->all > 0))
            continue;
        of->offered = hours->all / of->cover;
        of->differs = differs(load, &work, of);
        set_staff(of);
        count++;
    }
    return count;
}
