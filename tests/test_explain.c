/*
 * The pages of `explain`, word for word, for a service so small that every
 * line can be worked out by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/replication.h"
#include "plots/explain.h"
#include "tests/logbook.h"
#include "tests/model.h"

#define SEED 20270111

/* The first person comes in the first minute of a Friday; from the next day on
 * a visit and a talk are due at noon. The visit goes first and takes longer
 * than the talk can wait; on Sundays nobody is there. */
static const char TINY[] =
    "handrail: 1\n"
    "title: tiny\n"
    "calendar: {start: 2027-01-08, warm_up: 0 days, run_for: 3 days,\n"
    "           run_on: 2 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 20/day, hours: 00:00-00:01}, enters: home}\n"
    "levels:\n"
    "  home: {rank: 1, places: 1, plan: plan, then: leave}\n"
    "plans:\n"
    "  plan: {steps: {first: {for: 2 days, contacts: {visit: every day,\n"
    "                                                 talk: every day}}}}\n"
    "contacts:\n"
    "  visit: {at: 12:00, window: 30 min, by: worker, lasts: 45 min,\n"
    "          priority: 1}\n"
    "  talk: {at: 12:00, window: 20 min, by: worker, lasts: 20 min,\n"
    "         priority: 2}\n"
    "staff: {worker: {}}\n"
    "rota:\n"
    "  day: {days: mon tue wed thu fri sat, hours: 09:00-17:00,\n"
    "        staff: {worker: 1}}\n";

#define HEAD                                                                   \
    "Simulated: one run of a model. Nobody in it is real.\n"                   \
    "tiny (test.yaml), replication 0 of seed 20270111\n\n"
#define UNDER "                        "

struct page_case {
    const char *name;
    const char *setting[SETTINGS];
    bool worst_week;
    const char *page;
};
static struct page_case page_cases[] = {
    {"a person's journey, with why each contact was missed",
     {NULL},
     false,
     HEAD
     "Person 1 of %u: people\n"
     "\n"
     "Fri 2027-01-08 00:00    is referred\n"
     "Fri 2027-01-08 00:00    enters home\n"
     "Fri 2027-01-08 00:00    begins the plan plan, which intends 4 contacts\n"
     "Fri 2027-01-08 00:00    begins the step plan: first\n"
     "Sat 2027-01-09 12:20    talk MISSED: nobody came between 12:00 and "
     "12:20\n" UNDER
     "worker (place 1 of day): on duty 09:00-17:00; with person "
     "1 (visit) 12:00-12:45\n" UNDER
     "so: everyone on duty was busy or could not come in time\n"
     "Sat 2027-01-09 12:45    visit done; due 12:00, met 12:00, by worker "
     "(place 1 of day)\n"
     "Sun 2027-01-10 12:20    talk MISSED: nobody came between 12:00 and "
     "12:20\n" UNDER "no worker was rostered then\n" UNDER
     "so: nobody who could come was rostered\n"
     "Sun 2027-01-10 12:30    visit MISSED: nobody came between 12:00 and "
     "12:30\n" UNDER "no worker was rostered then\n" UNDER
     "so: nobody who could come was rostered\n"
     "Mon 2027-01-11 00:00    leaves the service, as planned\n"},
    {"the worst week, day by day",
     {NULL},
     true,
     HEAD
     "The worst week begins on Fri 2027-01-08: 3 planned contacts not "
     "delivered.\n"
     "\n"
     "Fri 2027-01-08 (weekday): 0 planned contacts due, 0 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 1 worker\n"
     "  worker: 0.0 h needed, 8.0 h present\n"
     "\n"
     "Sat 2027-01-09 (weekend): 2 planned contacts due, 1 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 1 worker\n"
     "  worker: 1.1 h needed, 8.0 h present\n"
     "  MISSED: talk of person 1, between 12:00 and 12:20\n"
     "      worker (place 1 of day): on duty 09:00-17:00; with person 1 "
     "(visit) 12:00-12:45\n"
     "      so: everyone on duty was busy or could not come in time\n"
     "\n"
     "Sun 2027-01-10 (weekend): 2 planned contacts due, 2 not delivered, 0 "
     "not attended\n"
     "  worker: 1.1 h needed, 0.0 h present\n"
     "  MISSED: talk of person 1, between 12:00 and 12:20\n"
     "      no worker was rostered then\n"
     "      so: nobody who could come was rostered\n"
     "  MISSED: visit of person 1, between 12:00 and 12:30\n"
     "      no worker was rostered then\n"
     "      so: nobody who could come was rostered\n"
     "\n"
     "Why 3 planned contacts were not delivered:\n"
     "  2: nobody who could come was rostered\n"
     "  1: everyone on duty was busy or could not come in time\n"
     "Shortest of staff: worker on Sun 2027-01-10, by 1.1 h\n"},
    {"a week in which nothing was missed",
     {"rota.day.days=every day", "rota.day.staff.worker=2",
      "contacts.visit.lasts=10 min"},
     true,
     HEAD "In this run every planned contact of the measured period was "
          "delivered.\n"},
    {"an empty place is named",
     {"calendar.run_for=2 days", "staff.worker.absence.share=95%"},
     true,
     HEAD
     "The worst week begins on Fri 2027-01-08: 2 planned contacts not "
     "delivered.\n"
     "\n"
     "Fri 2027-01-08 (weekday): 0 planned contacts due, 0 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 1 worker (1 ABSENT)\n"
     "\n"
     "Sat 2027-01-09 (weekend): 2 planned contacts due, 2 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 1 worker (1 ABSENT)\n"
     "  worker: 1.1 h needed, 0.0 h present\n"
     "  MISSED: talk of person 1, between 12:00 and 12:20\n"
     "      worker (place 1 of day): absent, no bank cover\n"
     "      so: a rostered place was empty, with no bank cover\n"
     "  MISSED: visit of person 1, between 12:00 and 12:30\n"
     "      worker (place 1 of day): absent, no bank cover\n"
     "      so: a rostered place was empty, with no bank cover\n"
     "\n"
     "Why 2 planned contacts were not delivered:\n"
     "  2: a rostered place was empty, with no bank cover\n"
     "Shortest of staff: worker on Sat 2027-01-09, by 1.1 h\n"},
    {"a shift below its minimum goes to nobody",
     {"calendar.run_for=2 days", "rota.day.minimum=2",
      "rota.day.below=phone only"},
     true,
     HEAD
     "The worst week begins on Fri 2027-01-08: 2 planned contacts not "
     "delivered.\n"
     "\n"
     "Fri 2027-01-08 (weekday): 0 planned contacts due, 0 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 1 worker\n"
     "  worker: 0.0 h needed, 8.0 h present\n"
     "\n"
     "Sat 2027-01-09 (weekend): 2 planned contacts due, 2 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 1 worker\n"
     "  worker: 1.1 h needed, 8.0 h present\n"
     "  MISSED: talk of person 1, between 12:00 and 12:20\n"
     "      worker (place 1 of day): on duty 09:00-17:00; the shift is below "
     "its minimum: phone only\n"
     "      so: a shift was below its minimum, so nobody went out\n"
     "  MISSED: visit of person 1, between 12:00 and 12:30\n"
     "      worker (place 1 of day): on duty 09:00-17:00; the shift is below "
     "its minimum: phone only\n"
     "      so: a shift was below its minimum, so nobody went out\n"
     "\n"
     "Why 2 planned contacts were not delivered:\n"
     "  2: a shift was below its minimum, so nobody went out\n"},
    {"one of two who were needed together was free",
     {"calendar.run_for=2 days", "contacts.talk.by=null",
      "contacts.talk.needs={worker: 2}", "rota.day.staff.worker=2"},
     true,
     HEAD
     "The worst week begins on Fri 2027-01-08: 1 planned contact not "
     "delivered.\n"
     "\n"
     "Fri 2027-01-08 (weekday): 0 planned contacts due, 0 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 2 x worker\n"
     "  worker: 0.0 h needed, 16.0 h present\n"
     "\n"
     "Sat 2027-01-09 (weekend): 2 planned contacts due, 1 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 2 x worker\n"
     "  worker: 1.4 h needed, 16.0 h present\n"
     "  MISSED: talk of person 1, between 12:00 and 12:20\n"
     "      worker (place 1 of day): on duty 09:00-17:00; with person 1 "
     "(visit) 12:00-12:45\n"
     "      worker (place 2 of day): on duty 09:00-17:00; free for a while\n"
     "      it takes 2 x worker together\n"
     "      so: fewer were free than it takes\n"
     "\n"
     "Why 1 planned contact was not delivered:\n"
     "  1: fewer were free than it takes\n"},
    {"from some hour on it takes two",
     {"calendar.run_for=2 days", "contacts.visit.mode=visit",
      "contacts.visit.pair_after=12:10", "contacts.visit.priority=3"},
     true,
     HEAD "The worst week begins on Fri 2027-01-08: 1 planned contact not "
          "delivered.\n"
          "\n"
          "Fri 2027-01-08 (weekday): 0 planned contacts due, 0 not delivered, "
          "0 not attended\n"
          "  day 09:00-17:00: 1 worker\n"
          "  worker: 0.0 h needed, 8.0 h present\n"
          "\n"
          "Sat 2027-01-09 (weekend): 2 planned contacts due, 1 not delivered, "
          "0 not attended\n"
          "  day 09:00-17:00: 1 worker\n"
          "  worker: 1.1 h needed, 8.0 h present\n"
          "  MISSED: visit of person 1, between 12:00 and 12:30\n"
          "      worker (place 1 of day): on duty 09:00-17:00; with person 1 "
          "(talk) 12:00-12:20; free for a while\n"
          "      it takes two from 12:10 on, and 1 could have come\n"
          "      so: fewer were rostered than it takes\n"
          "\n"
          "Why 1 planned contact was not delivered:\n"
          "  1: fewer were rostered than it takes\n"},
    {"several people are missed for the same reasons",
     {"calendar.run_for=2 days", "levels.home.places=5",
      "rota.day.staff.worker=2", "contacts.talk.priority=5"},
     true,
     HEAD
     "The worst week begins on Fri 2027-01-08: 8 planned contacts not "
     "delivered.\n"
     "\n"
     "Fri 2027-01-08 (weekday): 0 planned contacts due, 0 not delivered, 0 not "
     "attended\n"
     "  day 09:00-17:00: 2 x worker\n"
     "  worker: 0.0 h needed, 16.0 h present\n"
     "\n"
     "Sat 2027-01-09 (weekend): 10 planned contacts due, 8 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 2 x worker\n"
     "  worker: 5.4 h needed, 16.0 h present\n"
     "  MISSED: talk of persons 5, 3, 1, 2 and 4, between 12:00 and 12:20\n"
     "      worker (place 1 of day): on duty 09:00-17:00; with person 2 "
     "(visit) 12:00-12:45\n"
     "      worker (place 2 of day): on duty 09:00-17:00; with person 4 "
     "(visit) 12:00-12:45\n"
     "      so: everyone on duty was busy or could not come in time\n"
     "  MISSED: visit of persons 5, 1 and 3, between 12:00 and 12:30\n"
     "      worker (place 1 of day): on duty 09:00-17:00; with person 2 "
     "(visit) 12:00-12:45\n"
     "      worker (place 2 of day): on duty 09:00-17:00; with person 4 "
     "(visit) 12:00-12:45\n"
     "      so: everyone on duty was busy or could not come in time\n"
     "\n"
     "Why 8 planned contacts were not delivered:\n"
     "  8: everyone on duty was busy or could not come in time\n"},
    {"staff had time, but not the person",
     {"calendar.run_for=2 days", "rota.day.staff.worker=2"},
     true,
     HEAD
     "The worst week begins on Fri 2027-01-08: 1 planned contact not "
     "delivered.\n"
     "\n"
     "Fri 2027-01-08 (weekday): 0 planned contacts due, 0 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 2 x worker\n"
     "  worker: 0.0 h needed, 16.0 h present\n"
     "\n"
     "Sat 2027-01-09 (weekend): 2 planned contacts due, 1 not delivered, 0 "
     "not attended\n"
     "  day 09:00-17:00: 2 x worker\n"
     "  worker: 1.1 h needed, 16.0 h present\n"
     "  MISSED: talk of person 1, between 12:00 and 12:20\n"
     "      worker (place 1 of day): on duty 09:00-17:00; with person 1 "
     "(visit) 12:00-12:45\n"
     "      worker (place 2 of day): on duty 09:00-17:00; free for a while\n"
     "      the person was in another contact (visit)\n"
     "      so: the person was in another contact\n"
     "\n"
     "Why 1 planned contact was not delivered:\n"
     "  1: the person was in another contact\n"},
};

static void the_page_is(void **state)
{
    const struct page_case *c = *state;
    struct replication *replication = NULL;
    struct journey journey = {0};
    struct history history;
    struct explain explain = {&history, SEED, 0};
    struct text out = {0}, page = {0};
    struct model model;
    size_t settings = 0;

    while (settings < SETTINGS && c->setting[settings])
        settings++;
    model_run(&model, TINY, c->setting, settings, 2, SEED);
    assert_int_equal(
        replication_new(model.scenario, &model.layout, &replication), SIM_OK);
    replication_log(replication, &journey);
    assert_int_equal(replication_run(replication, SEED, 0, model.record),
                     SIM_OK);
    assert_int_equal(history_make(&history, model.scenario, &journey), SIM_OK);
    if (c->worst_week)
        explain_worst_week(&explain, &out);
    else
        explain_person(&explain, 0, &out);
    assert_int_equal(text_status(&out), SIM_OK);
    /* How many people come is chance. */
    if (c->worst_week)
        text_add(&page, c->page);
    else
        text_printf(&page, c->page, history.people_count);
    assert_string_equal(out.bytes, page.bytes);
    text_clear(&page);
    text_clear(&out);
    history_clear(&history);
    journey_clear(&journey);
    replication_free(replication);
    model_clear(&model);
}

/* ---- every kind of line ---- */

/* What the journeys of all people of a run say somewhere. */
static struct lines_case {
    const char *name;
    int log; /* of log_cases */
    const char *lines[16];
} lines_cases[] = {
    {"concerns and calls",
     LOG_CARE,
     {"    a concern arises: dispute\n",
      "    staff notice the concern: safeguarding; those who respond are told "
      "on ",
      "    those who respond know of the concern: dispute\n",
      "    the response closes the concern: dispute\n",
      "    the concern is over: loss of capacity\n",
      "    leaves with the concern open: safeguarding\n",
      "    calls the service\n", "    response begins: reaches out\n",
      "    call MISSED: nobody rang between ",
      "    capacity check (for loss of capacity) done; due 16:30, met ",
      "    meeting done; due "}},
    {"ways between levels",
     LOG_MOVES,
     {"    is to move on, but holds the place until ",
      ": what comes next is delayed\n", "    gives up waiting for house\n",
      "    is sent elsewhere, for want of a place in step-down\n",
      "    asks for a place in support: waits ", ", the move being delayed\n",
      " with nowhere to go\n", ", having given up waiting\n"}},
    /* The caseload of the test has seven people; their journeys are not told.
     */
    {"nobody of today's caseload",
     LOG_PRESENT_CARE,
     {"\nPerson 7 of ",
      "\n\nThis one stands for a row of the caseload file. No journey is told "
      "of someone who may be real: persons from 8 on are of the model.\n",
      "from today's caseload on. What happens in it is chance, no forecast "
      "for anyone.\n"}},
};

static void somebody_says(void **state)
{
    const struct lines_case *c = *state;
    struct logbook book;
    struct explain explain = {&book.history, SEED, 0};
    struct text out = {0};
    int missing = 0;

    logbook_make(&book, &log_cases[c->log]);
    for (uint32_t i = 0; i < book.history.people_count; i++)
        explain_person(&explain, i, &out);
    assert_int_equal(text_status(&out), SIM_OK);
    for (size_t i = 0; i < LENGTH(c->lines) && c->lines[i]; i++) {
        if (strstr(out.bytes, c->lines[i]))
            continue;
        print_error("nobody: %s\n", c->lines[i]);
        missing++;
    }
    text_clear(&out);
    logbook_clear(&book);
    assert_int_equal(missing, 0);
}

int main(void)
{
    struct CMUnitTest tests[LENGTH(page_cases) + LENGTH(lines_cases)];
    size_t n = 0;

    for (size_t i = 0; i < LENGTH(page_cases); i++)
        tests[n++] = (struct CMUnitTest){page_cases[i].name, the_page_is, NULL,
                                         NULL, &page_cases[i]};
    for (size_t i = 0; i < LENGTH(lines_cases); i++)
        tests[n++] = (struct CMUnitTest){lines_cases[i].name, somebody_says,
                                         NULL, NULL, &lines_cases[i]};
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
