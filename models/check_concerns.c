/*
 * Concerns that nothing closes or that add contacts where there is no plan, and
 * people who call where nobody answers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/check_impl.h"

/* Whether staff come to know of every such concern, sooner or later. */
static bool is_always_noticed(const struct concern *concern)
{
    return concern->working == WORKING_INTEGRATED || concern->noticed >= 1;
}

static void check_concern(struct reading *reading,
                          const struct concern *concern,
                          const struct node *node)
{
    const struct node *adds = node_child(node, "adds");

    if (!concern->has_closes && concern->response == NONE)
        reading_warn(reading, node, NULL,
                     "once open it never closes: give it 'closes' or a "
                     "response");
    else if (!concern->has_closes && !is_always_noticed(concern))
        reading_warn(reading, node, NULL,
                     "where it is not noticed it never closes: give it "
                     "'closes'");
    if (adds != NULL && reading->scenario->plan_count == 0)
        reading_warn(reading, adds, NULL,
                     "adds nothing: there is no plan to add to");
}

static bool has_rate(const struct scenario *scenario, const double *rate)
{
    bool any = rate != NULL && rate[0] > 0;

    for (uint32_t s = 0; rate != NULL && s < scenario->state_count; s++)
        any = any || rate[s] > 0;
    return any;
}

bool reaches_out(const struct scenario *scenario)
{
    for (uint32_t i = 0; i < scenario->cohort_count; i++) {
        if (has_rate(scenario, scenario->cohort[i].reaches_out))
            return true;
    }
    return false;
}

void check_concerns(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->concern_count; i++)
        check_concern(reading, &scenario->concern[i],
                      reading->names[NAMES_CONCERN].node[i]);
    if (scenario->trigger_response[TRIGGER_REACHES_OUT] != NONE)
        return;
    for (uint32_t i = 0; i < scenario->cohort_count; i++) {
        if (has_rate(scenario, scenario->cohort[i].reaches_out))
            reading_warn(
                reading,
                node_child(reading->names[NAMES_COHORT].node[i], "reaches_out"),
                "give 'reaches out' under 'responses'",
                "nobody answers: no response says what happens "
                "when people call");
    }
}
