/*
 * The example of the design loads, and its values arrive where they should.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/measure.h"
#include "sim/chance.h"
#include "tests/loading.h"

#define EXAMPLE "tests/scenarios/example.yaml"

/* The example, loaded once for all tests that look into it. */
static int load_example(void **state)
{
    struct loaded *loaded = calloc(1, sizeof *loaded);
    char *text = loading_file(EXAMPLE);
    const struct text_file files[] = {{"x/example.yaml", text}, {NULL, NULL}};

    loading_load(loaded, files, NULL);
    free(text);
    *state = loaded;
    return loaded->err;
}

static int clear_example(void **state)
{
    loading_clear(*state);
    free(*state);
    return 0;
}

static const struct scenario *example(void **state)
{
    const struct loaded *loaded = *state;

    return loaded->scenario;
}

/* ---- finding things by name ---- */

static uint32_t state_called(const struct scenario *s, const char *name)
{
    for (uint32_t i = 0; i < s->state_count; i++) {
        if (strcmp(s->state[i].name, name) == 0)
            return i;
    }
    fail_msg("no state %s", name);
    return 0;
}

static const struct kind *kind_called(const struct scenario *s,
                                      const char *name)
{
    for (uint32_t i = 0; i < s->kind_count; i++) {
        if (strcmp(s->kind[i].name, name) == 0)
            return &s->kind[i];
    }
    fail_msg("no kind %s", name);
    return NULL;
}

static const struct response *response_called(const struct scenario *s,
                                              const char *name)
{
    for (uint32_t i = 0; i < s->response_count; i++) {
        if (strcmp(s->response[i].name, name) == 0)
            return &s->response[i];
    }
    fail_msg("no response %s", name);
    return NULL;
}

/* ---- values ---- */

static void has_no_faults(void **state)
{
    const struct loaded *loaded = *state;

    assert_int_equal(loaded->err, SIM_OK);
    assert_int_equal(loaded->faults.count, 0);
    assert_string_equal(loaded->scenario->file, "example.yaml");
    assert_string_equal(loaded->scenario->title,
                        "Step-down from crisis house to floating support");
    assert_non_null(strstr(loaded->scenario->about, "thin on purpose"));
}

static void calendar_arrives(void **state)
{
    const struct scenario *s = example(state);
    char text[11];

    sim_date_format(s->calendar.start, text);
    assert_string_equal(text, "2026-11-23");
    assert_int_equal(s->calendar.warm_up, 39 * SIM_WEEK);
    assert_int_equal(s->calendar.run_for, 52 * SIM_WEEK);
    assert_int_equal(s->calendar.run_on, 90 * SIM_DAY);
    assert_int_equal(s->calendar.holiday_count, 8);
    sim_date_format(s->calendar.holiday[7], text);
    assert_string_equal(text, "2028-05-29");
    assert_int_equal(scenario_end(s), (91 * 7 + 90) * SIM_DAY);
    assert_true(s->civil.day_count >= 91 * 7 + 90 + 400);
    assert_int_equal(sim_civil_type(&s->civil, 280), SIM_DAY_HOLIDAY);
}

static void cohort_arrives(void **state)
{
    const struct scenario *s = example(state);
    const struct cohort *c = &s->cohort[0];

    assert_int_equal(s->cohort_count, 1);
    assert_string_equal(c->name, "crisis house admissions");
    assert_int_equal(c->tag, sim_tag("crisis house admissions"));
    assert_near(c->referrals.rate, 2.5 / 7, 1e-12);
    assert_int_equal(c->referrals.open.days, SIM_DAYS_WEEKDAYS);
    assert_int_equal(c->referrals.open.from, 10 * SIM_HOUR);
    assert_int_equal(c->referrals.open.until, 18 * SIM_HOUR);
    assert_string_equal(s->level[c->enters].name, "crisis house");
    assert_string_equal(s->condition[c->condition].name, "after crisis");
    assert_near(c->attendance[state_called(s, "warning")], 0.84, 1e-12);
    assert_int_equal(c->priority, 5);
    assert_near(c->worsening, 1.0, 0);
    assert_int_equal(c->disengage_after, 3);
    assert_near(c->disengage_chance, 0.15, 1e-12);
    assert_near(c->disengage_rate[state_called(s, "settled")], 0.002, 1e-12);
    assert_near(c->disengage_rate[state_called(s, "warning")], 0.0, 0);
}

static void condition_arrives(void **state)
{
    const struct scenario *s = example(state);
    const struct condition *c = &s->condition[0];

    assert_int_equal(s->state_count, 4);
    assert_string_equal(s->state[0].name, "crisis"); /* sorted */
    assert_int_equal(c->state_count, 4);
    assert_string_equal(s->state[c->state[0]].name, "settled");
    assert_string_equal(s->state[c->state[3]].name, "crisis");
    assert_near(c->begin[1], 0.6, 1e-12);
    assert_near(c->begin[3], 0.0, 0);
    assert_int_equal(c->change_count, 5);
    assert_string_equal(c->change[0].name, "deteriorating to crisis");
    assert_int_equal(c->change[0].tag, sim_tag("deteriorating to crisis"));
    assert_int_equal(c->change[0].from, 2);
    assert_int_equal(c->change[0].to, 3);
    assert_true(c->change[0].worse);
    assert_near(c->change[0].rate, 0.05, 1e-12);
    assert_string_equal(c->change[4].name, "warning to settled");
    assert_false(c->change[4].worse);
    assert_near(c->varies, 0.5, 0);
    assert_near(c->after_move.times, 2.0, 0);
    assert_near(c->after_move.half_days, 7.0, 0);
    assert_near(c->after_advance.times, 1.0, 0); /* none */
    assert_near(c->after_contact.times, 0.6, 0);
    assert_near(c->after_contact.half_days, 2.0, 0);
    assert_near(c->hour[18 * 60], 1.5, 0);
    assert_near(c->hour[23 * 60], 1.0, 0);
    assert_near(c->hour[18 * 60 - 1], 1.0, 0);
    assert_near(c->hour_max, 1.5, 0);
}

static void signs_and_alerts_arrive(void **state)
{
    const struct scenario *s = example(state);

    assert_int_equal(s->sign_count, 5);
    assert_string_equal(s->sign[0].name, "agitation");
    assert_near(s->sign[0].present[state_called(s, "warning")], 0.3, 1e-12);
    assert_near(s->sign[0].present[state_called(s, "crisis")], 0.0, 0);
    assert_int_equal(s->sign[0].lasts, 5 * SIM_DAY);
    assert_int_equal(s->alert_count, 2);
    assert_string_equal(s->alert[0].name, "review soon");
    assert_int_equal(s->alert[0].threshold, 3);
    assert_int_equal(s->alert[1].threshold, 4);
    assert_string_equal(s->response[s->alert[1].response].name, "review now");
}

static void levels_arrive(void **state)
{
    const struct scenario *s = example(state);
    const struct level *house = &s->level[0], *step_down = &s->level[1];

    assert_int_equal(s->level_count, 4);
    assert_string_equal(house->name, "crisis house"); /* by falling rank */
    assert_int_equal(house->rank, 3);
    assert_int_equal(house->places, 8);
    assert_true(house->observed);
    assert_int_equal(house->plan, NONE);
    assert_true(house->has_stay);
    assert_int_equal(house->stay.family, FAMILY_LOGNORMAL);
    assert_near(house->stay.mean, 11.0 * (double)SIM_DAY, 1e-3);
    assert_true(house->has_leaves);
    assert_int_equal(house->leaves.days, SIM_DAYS_WEEKDAYS);
    assert_int_equal(house->leaves.until, 16 * SIM_HOUR);
    assert_near(house->worsening, 0.1, 0);
    assert_near(house->improving, 2.0, 0);
    assert_int_equal(house->then, 1);
    assert_false(house->handover.asked);
    assert_int_equal(step_down->longest, 8 * SIM_WEEK);
    assert_int_equal(step_down->first_contact_within, 24 * SIM_HOUR);
    assert_string_equal(s->plan[step_down->plan].name, "evening taper");
    assert_near(step_down->worsening, 1.0, 0);
    assert_int_equal(s->level[2].places, NONE);
    assert_int_equal(s->level[3].follow_up, 90 * SIM_DAY);
    assert_int_equal(s->level[3].then, NONE);
}

static void a_handover_is_a_kind_of_its_own(void **state)
{
    const struct scenario *s = example(state);
    const struct handover *handover = &s->level[1].handover;
    const struct kind *kind = &s->kind[handover->kind];

    assert_true(handover->asked);
    assert_int_equal(s->contact_kind_count, 7);
    assert_int_equal(s->kind_count, 8);
    assert_int_equal(handover->kind, 7);
    assert_string_equal(kind->name, "handover to enhanced step-down");
    assert_true(kind->without_person);
    assert_int_equal(kind->window, 24 * SIM_HOUR);
    assert_int_equal(kind->priority, 5);
    assert_int_equal(kind->staffing_count, 1);
    assert_int_equal(kind->staffing[0].need_count, 2);
    assert_near(kind->lasts.mean, 30.0 * (double)SIM_MINUTE, 0);
    assert_near(handover->complete, 0.85, 1e-12);
    assert_near(handover->notices, 0.6, 1e-12);
    assert_near(handover->acts, 0.7, 1e-12);
    assert_int_equal(handover->until, 7 * SIM_DAY);
}

static void plans_arrive(void **state)
{
    const struct scenario *s = example(state);
    const struct plan *p = &s->plan[0];

    assert_int_equal(s->plan_count, 2);
    assert_string_equal(p->name, "evening taper");
    assert_true(p->starts_same_day);
    assert_int_equal(p->step_count, 3);
    assert_string_equal(p->step[0].name, "daily evenings"); /* as written */
    assert_string_equal(p->step[2].name, "twice weekly");
    assert_int_equal(p->step[2].days, 14);
    assert_int_equal(p->step[2].planned_count, 2);
    assert_int_equal(p->step[2].planned[0].schedule.form, SCHEDULE_PER_WEEK);
    assert_int_equal(p->step[2].planned[1].schedule.days, 1 << SIM_TUE);
    assert_int_equal(p->days, 31);
    assert_int_equal(p->first_step, 0);
    assert_int_equal(s->plan[1].first_step, 3);
    assert_int_equal(s->step_count, 4);
    assert_int_equal(p->no_alert_for, 3 * SIM_DAY);
    assert_near(p->contacts_done, 0.5, 0);
    assert_int_equal(p->advance_state, NONE);
    assert_int_equal(p->otherwise, OTHERWISE_REPEAT);
    assert_int_equal(p->repeat_most, 2);
    assert_int_equal(p->repeat_days, 4);
    assert_false(s->plan[1].starts_same_day);
    assert_int_equal(s->plan[1].step[0].planned[0].schedule.weekends,
                     WEEKENDS_TO_MONDAY);
}

static void contacts_arrive(void **state)
{
    const struct scenario *s = example(state);
    const struct kind *visit = kind_called(s, "evening visit");
    const struct kind *huddle = kind_called(s, "risk huddle");
    const struct kind *call = kind_called(s, "phone check");

    assert_int_equal(visit->mode, MODE_VISIT);
    assert_true(visit->has_between);
    assert_int_equal(visit->at, 15 * SIM_HOUR);
    assert_int_equal(visit->window, 6 * SIM_HOUR);
    assert_int_equal(visit->staffing_count, 2);
    assert_int_equal(visit->staffing[0].after, 0);
    assert_int_equal(visit->staffing[0].need[0].roles, 1u << 2);
    assert_int_equal(visit->staffing[0].need[0].count, 1);
    assert_int_equal(visit->staffing[1].after, 3 * SIM_HOUR);
    assert_int_equal(visit->staffing[1].need[0].roles, 1u << 1);
    assert_string_equal(s->kind[visit->or_kind].name, "phone check");
    assert_int_equal(visit->or_after, 4 * SIM_HOUR);
    assert_near(visit->travel.mean, 25.0 * (double)SIM_MINUTE, 0);
    assert_near(visit->if_not_there.mean, 10.0 * (double)SIM_MINUTE, 0);
    assert_near(call->if_not_there.mean, call->lasts.mean, 0);
    assert_near(call->travel.mean, 0.0, 0);
    assert_near(call->notices, 0.7, 1e-12);
    assert_near(call->protects, 0.6, 1e-12);
    assert_int_equal(call->or_kind, NONE);
    assert_true(huddle->without_person);
    assert_near(huddle->protects, 0.0, 0);
    assert_int_equal(kind_called(s, "ring back")->at, -1);
    assert_int_equal(kind_called(s, "ring back")->window, 2 * SIM_HOUR);
    assert_int_equal(kind_called(s, "ring back")->priority, 3);
    assert_near(visit->attendance, 1.0, 0);
}

static void responses_arrive(void **state)
{
    const struct scenario *s = example(state);
    const struct response *missed = response_called(s, "not attended");
    const struct response *now = response_called(s, "review now");
    const struct action *action = &missed->action[0];
    const struct effects *effects;

    assert_int_equal(s->response_count, 6);
    assert_int_equal(missed->type, TRIGGER_NOT_ATTENDED);
    assert_ptr_equal(&s->response[s->trigger_response[TRIGGER_NOT_ATTENDED]],
                     missed);
    assert_int_equal(s->trigger_response[TRIGGER_TIMED_OUT], NONE);
    assert_int_equal(missed->action_count, 3);
    assert_string_equal(action->name, "go round"); /* sorted */
    assert_int_equal(action->after, 2 * SIM_HOUR);
    assert_int_equal(action->deadline, DEADLINE_AFTER);
    assert_int_equal(action->within, 24 * SIM_HOUR);
    assert_string_equal(s->kind[action->kind].name, "welfare visit");
    assert_near(action->succeeds, 0.8, 1e-12);
    assert_int_equal(missed->action[1].deadline, DEADLINE_NONE);
    assert_int_equal(missed->action[2].kind, NONE);
    assert_int_equal(missed->action[2].then.effect[0].type, EFFECT_RECORD);
    assert_int_equal(response_called(s, "review soon")->action[0].deadline,
                     DEADLINE_NEXT_WORKING_DAY);
    assert_int_equal(now->type, TRIGGER_ALERT);
    assert_string_equal(s->alert[now->alert].name, "review now");
    effects = &now->action[0].when[state_called(s, "deteriorating")];
    assert_int_equal(effects->count, 1);
    assert_int_equal(effects->effect[0].type, EFFECT_MOVE);
    assert_int_equal(effects->effect[0].level, 0);
    effects = &now->action[0].when[state_called(s, "warning")];
    assert_near(effects->effect[0].chance, 0.4, 1e-12);
}

static void a_crisis_has_outcomes(void **state)
{
    const struct scenario *s = example(state);
    const struct response *crisis = response_called(s, "crisis");
    const struct outcome *seen = &crisis->outcome[2];

    assert_int_equal(crisis->type, TRIGGER_CRISIS);
    assert_int_equal(crisis->outcome_count, 3);
    assert_string_equal(seen->name, "seen at A&E");
    assert_near(seen->chance, 0.35, 1e-12);
    assert_int_equal(seen->then.count, 3); /* in the order written */
    assert_int_equal(seen->then.effect[0].type, EFFECT_RECORD);
    assert_string_equal(s->record[seen->then.effect[0].record],
                        "A&E attendance");
    assert_int_equal(seen->then.effect[1].type, EFFECT_SETTLE);
    assert_int_equal(seen->then.effect[2].type, EFFECT_RESTART);
    assert_int_equal(s->record_count, 3);
    assert_string_equal(s->record[1], "duty manager told");
    assert_int_equal(s->outcome_count, 6);
    assert_string_equal(s->outcome[0], "A&E attendance");
    assert_int_equal(scenario_outcome(s, "seen at A&E"), 5);
    assert_int_equal(scenario_outcome(s, "crisis house"), 1);
}

static void staff_and_rota_arrive(void **state)
{
    const struct scenario *s = example(state);
    const struct role *on_call = &s->role[1], *support = &s->role[2];
    const struct shift *nights = &s->shift[0];

    assert_int_equal(s->role_count, 3);
    assert_near(support->cost, 24.0, 0);
    assert_near(support->premium_saturday, 0.3, 1e-12);
    assert_near(support->premium_holiday, 0.6, 1e-12); /* Sunday's */
    assert_near(support->absence.share, 0.06, 1e-12);
    assert_near(support->absence.spell_days, 5.0, 0);
    assert_near(support->bank_covers, 0.5, 0);
    assert_near(support->bank_cost, 31.0, 0);
    assert_near(support->overtime, 1.0, 0);
    assert_false(support->on_call);
    assert_true(on_call->on_call);
    assert_int_equal(on_call->arrives_within, 45 * SIM_MINUTE);
    assert_near(on_call->standby, 4.0, 0);
    assert_near(on_call->call_out, 45.0, 0);
    assert_int_equal(s->shift_count, 4);
    assert_string_equal(nights->name, "on-call");
    assert_int_equal(nights->hours.days, SIM_DAYS_EVERY);
    assert_int_equal(nights->hours.from, 17 * SIM_HOUR);
    assert_int_equal(nights->hours.until, 33 * SIM_HOUR);
    assert_int_equal(nights->overrun, 30 * SIM_MINUTE);
    assert_int_equal(nights->places[1], 1);
    assert_int_equal(nights->places[2], 0);
    assert_int_equal(s->shift[2].places[2], 2);
}

static void targets_arrive(void **state)
{
    const struct scenario *s = example(state);
    const struct target *weekends = &s->target[2];

    assert_int_equal(s->target_count, 3);
    assert_string_equal(weekends->name, "weekends");
    assert_string_equal(measure_table[weekends->measure].id,
                        "contacts_not_delivered");
    assert_true(weekends->at_most);
    assert_near(weekends->limit, 0.02, 1e-12);
    assert_int_equal(weekends->cut_count, 1);
    assert_int_equal(weekends->cut[0].slice, SLICE_DAY);
    assert_int_equal(weekends->cut[0].value, SIM_DAY_WEEKEND);
    assert_int_equal(s->target[0].cut_count, 0);
}

static void numbers_are_traced_to_their_source(void **state)
{
    const struct scenario *s = example(state);

    assert_int_equal(s->provenance_count, 1);
    assert_string_equal(s->provenance[0].path, "conditions.after crisis");
    assert_true(s->provenance[0].assumption);
    /* begin 2, changes 5, varies 1, fades 4, hours 1 */
    assert_int_equal(s->provenance[0].numbers, 13);
    assert_true(s->numbers > 100);
    assert_int_equal(s->numbers_sourced, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_no_faults),
        cmocka_unit_test(calendar_arrives),
        cmocka_unit_test(cohort_arrives),
        cmocka_unit_test(condition_arrives),
        cmocka_unit_test(signs_and_alerts_arrive),
        cmocka_unit_test(levels_arrive),
        cmocka_unit_test(a_handover_is_a_kind_of_its_own),
        cmocka_unit_test(plans_arrive),
        cmocka_unit_test(contacts_arrive),
        cmocka_unit_test(responses_arrive),
        cmocka_unit_test(a_crisis_has_outcomes),
        cmocka_unit_test(staff_and_rota_arrive),
        cmocka_unit_test(targets_arrive),
        cmocka_unit_test(numbers_are_traced_to_their_source),
    };

    return cmocka_run_group_tests_name("scenario_load", tests, load_example,
                                       clear_example);
}
