/* Sizings of real scenarios.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/size_cases.h"

#include <string.h>

#include "sim/error.h"

#define SHORT                                                                  \
    "calendar.warm_up=2 weeks", "calendar.run_for=4 weeks",                    \
        "calendar.run_on=0 days"

const struct size_case size_cases[] = {
    {"crisis house",
     "scenarios/crisis-house.yaml",
     {"rota.weekend.staff.support worker=0..3",
      "rota.weekday evening.staff.support worker=0..2"},
     {"contacts={measure: contacts_not_delivered, at_most: 2%}",
      "weekends={measure: contacts_not_delivered, day: weekend, at_most: 2%}"},
     {SHORT}},
    {"after assessment",
     "scenarios/after-assessment.yaml",
     {"rota.day.staff.support worker=0..3",
      "rota.late.staff.support worker=0..2"},
     {"contacts={measure: contacts_not_delivered, at_most: 2%}",
      "first day={measure: first_contact_in_time, at_least: 95%}"},
     {SHORT}},
    {"dual diagnosis",
     "scenarios/dual-diagnosis.yaml",
     {"rota.weekdays.staff.key worker=1..4",
      "rota.weekday late.staff.key worker=0..2"},
     {"contacts={measure: contacts_not_delivered, at_most: 3%}",
      "missed={measure: contacts_missed, at_most: 30%}"},
     {SHORT}},
    {"reference pathway",
     "scenarios/reference.yaml",
     {"rota.weekdays.staff.worker=3..6", "rota.weekends.staff.worker=3..5"},
     {"contacts={measure: contacts_not_delivered, at_most: 5%}",
      "weekends={measure: contacts_not_delivered, day: weekend, at_most: 10%, "
      "in: 8 of 10 weekends}"},
     {SHORT, "staff.worker.cost=20/h"}},
    {"poor handover, 9 of 10 weekends",
     "scenarios/crisis-house/poor-handover.yaml",
     {"rota.weekend.staff.support worker=0..3",
      "rota.weekday evening.staff.support worker=0..2"},
     {"contacts={measure: contacts_not_delivered, at_most: 5%}",
      "weekends={measure: contacts_not_delivered, at_most: 5%, in: 9 of 10 "
      "weekends}"},
     {SHORT}},
};
const size_t size_case_count = sizeof size_cases / sizeof *size_cases;

static bool add_all(const char *const *text, struct settings *out)
{
    for (size_t i = 0; i < SIZE_CASE_TEXTS && text[i]; i++)
        if (settings_add(out, text[i]) != SIM_OK)
            return false;
    return true;
}

bool size_case_open(const struct size_case *of, uint32_t budget,
                    struct size_opened *out)
{
    memset(out, 0, sizeof *out);
    out->options = (struct size_options){.path = of->file,
                                         .minimise = "cost_per_week",
                                         .margin = SIZE_MARGIN,
                                         .replications = budget,
                                         .seed = 1};
    return add_all(of->vary, &out->options.vary) &&
           add_all(of->target, &out->options.targets) &&
           add_all(of->set, &out->options.settings) &&
           size_designs_prepare(&out->designs, &out->options) == 0;
}

void size_case_close(struct size_opened *opened)
{
    size_designs_clear(&opened->designs);
    size_options_clear(&opened->options);
}
