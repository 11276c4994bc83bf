/*
 * What is said of faults in levels, plans and contacts.
 * Each row changes one place of tests/scenarios/small.yaml and expects exactly
 * these messages, and nothing besides.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/messages.h"

static struct message_case level_cases[] = {
    {"a rank is asked for", "{rank: 2, places", "{places",
     "small.yaml:25:3: error: levels.house: 'rank' is missing\n", NULL},
    {"a rank is a whole number", "rank: 2", "rank: high",
     "small.yaml:25:17: error: levels.house.rank: must be a whole number, "
     "found 'high'\n",
     NULL},
    {"places are one at least", "places: 6", "places: 0",
     "small.yaml:25:28: error: levels.house.places: must be 1 to 100000, found "
     "0\n",
     NULL},
    {"a stay is a duration", "\"gamma(mean 5 days, sd 2 days)\"", "5",
     "small.yaml:25:37: error: levels.house.stay: must be a duration such as "
     "20 min, 1.5 h, 10 days or 2 weeks, found '5'\n",
     NULL},
    {"a distribution inside braces wants quotes",
     "\"gamma(mean 5 days, sd 2 days)\"", "gamma(mean 5 days, sd 2 days)",
     "small.yaml:25:37: error: levels.house.stay: must be gamma(mean 20 min, "
     "sd 5 min), found 'gamma(mean 5 days'\nhint: inside { } a comma ends a "
     "value: put quotes around it\nsmall.yaml:25:56: error: levels.house.sd 2 "
     "days): unknown key\n",
     NULL},
    {"a distribution has its parameters", "\"gamma(mean 5 days, sd 2 days)\"",
     "\"gamma(5 days)\"",
     "small.yaml:25:37: error: levels.house.stay: must be gamma(mean 20 min, "
     "sd 5 min), found 'gamma(5 days)'\n",
     NULL},
    {"then names a level", "then: home", "then: hone",
     "small.yaml:25:76: error: levels.house.then: no level is called "
     "'hone'\nhint: did you mean 'home'?\n",
     NULL},
    {"then is a name", "    then: leave", "    then: [house]",
     "small.yaml:32:11: error: levels.home.then: must be the name of a level, "
     "or 'leave', found a list\n",
     NULL},
    {"then does not lead back", "then: home", "then: house",
     "small.yaml:25:76: error: levels.house.then: leads back to itself\n",
     NULL},
    {"then is asked for beside a stay", ", then: home", "",
     "small.yaml:25:3: error: levels.house: 'then' is missing: where do people "
     "go?\nhint: then: leave\n",
     NULL},
    {"a plan or a stay", "stay: \"gamma(mean 5 days, sd 2 days)\", ", "",
     "small.yaml:25:3: error: levels.house: must have a 'plan' or a 'stay': "
     "how long are people here?\n",
     NULL},
    {"not both a plan and a stay", "    plan: taper",
     "    plan: taper\n    stay: 3 days",
     "small.yaml:29:5: error: levels.home.stay: cannot stand beside 'plan': "
     "people stay for one or the other\n",
     NULL},
    {"not both a plan and a follow-up", "    plan: taper",
     "    plan: taper\n    follow_up: 3 days",
     "small.yaml:29:5: error: levels.home.follow_up: cannot stand beside "
     "'plan': people stay for one or the other\n",
     NULL},
    {"a follow-up ends with leaving",
     "stay: \"gamma(mean 5 days, sd 2 days)\", ", "follow_up: 3 days, ",
     "small.yaml:25:31: error: levels.house.follow_up: ends with leaving, but "
     "'then' names a level\n",
     NULL},
    {"a limit needs something to limit",
     "stay: \"gamma(mean 5 days, sd 2 days)\", ", "longest: 3 days, ",
     "small.yaml:25:3: error: levels.house: must have a 'plan' or a 'stay': "
     "how long are people here?\nsmall.yaml:25:31: error: "
     "levels.house.longest: limits a 'plan' or a 'stay', and there is "
     "neither\n",
     NULL},
    {"a first contact needs a plan", "places: 6", "first_contact_within: 1 day",
     "small.yaml:25:20: error: levels.house.first_contact_within: needs a "
     "'plan', which makes the contacts\n",
     NULL},
    {"a plan is referred to by its name", "plan: taper", "plan: tapper",
     "small.yaml:28:11: error: levels.home.plan: no plan is called "
     "'tapper'\nhint: did you mean 'taper'?\n",
     NULL},
    {"a level is not called leave", "  home:\n",
     "  leave: {rank: 0}\n  home:\n",
     "small.yaml:26:3: error: levels.leave: 'leave' cannot be the name of a "
     "level\nsmall.yaml:26:3: error: levels.leave: nobody reaches this level\n",
     NULL},
    {"observed is yes or no", "places: 6", "observed: always",
     "small.yaml:25:30: error: levels.house.observed: must be yes or no, found "
     "'always'\n",
     NULL},
    {"leaving hours lie in one day", "places: 6",
     "leaves: {hours: 22:00-06:00}",
     "small.yaml:25:36: error: levels.house.leaves.hours: must be hours within "
     "one day, such as 08:00-16:00, found '22:00-06:00'\n",
     NULL},
    {"an effect is a number", "places: 6", "effect: {worsening: low}",
     "small.yaml:25:40: error: levels.house.effect.worsening: must be a plain "
     "number such as 3 or 1.5, found 'low'\n",
     NULL},
    {"a handover names its staff", "needs: {nurse: 1}, lasts: 20", "lasts: 20",
     "small.yaml:31:5: error: levels.home.handover: must say either 'by' or "
     "'needs'\n",
     NULL},
    {"a handover has a limit", ", within: 24 h", "",
     "small.yaml:31:5: error: levels.home.handover: 'within' is missing\n",
     NULL},
    {"a handover lasts some time", "lasts: 20 min, within",
     "lasts: 0 min, within",
     "small.yaml:31:42: error: levels.home.handover.lasts: must be on average "
     "1 s to 1 day, found 0 min\n",
     NULL},
    {"a level that nobody reaches", "  home:\n", "  away: {rank: 0}\n  home:\n",
     "small.yaml:26:3: error: levels.away: nobody reaches this level\n", NULL},
};

static struct message_case plan_cases[] = {
    {"steps are asked for",
     "    steps:\n      daily: {for: 7 days, contacts: {visit: every day}}\n   "
     "   weekly: {for: 2 weeks, contacts: {visit: weekly, huddle: tue}}\n",
     "", "small.yaml:34:3: error: plans.taper: 'steps' is missing\n", NULL},
    {"steps are a mapping",
     "    steps:\n      daily: {for: 7 days, contacts: {visit: every day}}\n   "
     "   weekly: {for: 2 weeks, contacts: {visit: weekly, huddle: tue}}\n",
     "    steps: [daily]\n",
     "small.yaml:35:12: error: plans.taper.steps: must be a mapping of steps, "
     "in their order, found a list\n",
     NULL},
    {"a plan has a step",
     "    steps:\n      daily: {for: 7 days, contacts: {visit: every day}}\n   "
     "   weekly: {for: 2 weeks, contacts: {visit: weekly, huddle: tue}}\n",
     "    steps: {}\n",
     "small.yaml:35:12: error: plans.taper.steps: the plan has no step\n",
     NULL},
    {"a step has a length", "{for: 7 days, contacts: {visit: every day}}",
     "{contacts: {visit: every day}}",
     "small.yaml:36:7: error: plans.taper.steps.daily: 'for' is missing\n",
     NULL},
    {"a step is whole days", "for: 7 days", "for: 36 h",
     "small.yaml:36:20: error: plans.taper.steps.daily.for: must be whole days "
     "such as 10 days or 2 weeks, found '36 h'\n",
     NULL},
    {"a step is one day at least", "for: 7 days", "for: 0 days",
     "small.yaml:36:20: error: plans.taper.steps.daily.for: must be 1 day to "
     "3650 days, found 0 days\n",
     NULL},
    {"a step is a mapping", "{for: 7 days, contacts: {visit: every day}}",
     "7 days",
     "small.yaml:36:14: error: plans.taper.steps.daily: must be a mapping, "
     "found '7 days'\n",
     NULL},
    {"contacts of a step are a mapping", "contacts: {visit: every day}",
     "contacts: visit",
     "small.yaml:36:38: error: plans.taper.steps.daily.contacts: must be a "
     "mapping such as {evening visit: every day}, found 'visit'\n",
     NULL},
    {"a step names contacts", "{visit: every day}", "{vist: every day}",
     "small.yaml:36:39: error: plans.taper.steps.daily.contacts.vist: no "
     "contact is called 'vist'\nhint: did you mean 'visit'?\n",
     NULL},
    {"a schedule is known", "visit: every day", "visit: now and then",
     "small.yaml:36:46: error: plans.taper.steps.daily.contacts.visit: must be "
     "a schedule such as every day, every 2 days, 2 per week, twice a day, "
     "weekly, weekly on day 3, fortnightly, weekdays, mon wed fri or day 1 8, "
     "found 'now and then'\n",
     NULL},
    {"a schedule is a text", "visit: every day", "visit: [mon, tue]",
     "small.yaml:36:46: error: plans.taper.steps.daily.contacts.visit: must be "
     "a schedule such as every day or 2 per week, found a list\n",
     NULL},
    {"a day of the step lies in it", "visit: every day", "visit: day 1 8",
     "small.yaml:36:46: error: plans.taper.steps.daily.contacts.visit: day 8 "
     "lies beyond the step, which has 7 days\n",
     NULL},
    {"a planned contact has a time", "{visit: every day}", "{call: every day}",
     "small.yaml:36:39: error: plans.taper.steps.daily.contacts.call: 'call' "
     "has no time of day: give it 'between' or 'at'\nhint: or write 'every day "
     "at 18:00'\n",
     NULL},
    {"a planned contact has a window",
     "{at: 09:30, window: 1 h, needs: {nurse: 2}",
     "{at: 09:30, needs: {nurse: 2}",
     "small.yaml:37:56: error: plans.taper.steps.weekly.contacts.huddle: "
     "'huddle' has neither 'window' nor 'between', and a planned contact needs "
     "one\n",
     NULL},
    {"all steps are limited", "for: 7 days",
     "for: 3650 days, note: x}\n      d2: {for: 3650 days}\n      d3: {for: "
     "3650 days",
     "small.yaml:35:5: error: plans.taper.steps: the steps together must be at "
     "most 10000 days\n",
     NULL},
    {"steps with one tag would share their luck",
     "      daily: {for: 7 days, contacts: {visit: every day}}\n",
     "      costarring: {for: 7 days}\n      liquid: {for: 7 days}\n",
     "small.yaml:37:7: error: plans.taper.steps.liquid: this step and "
     "'costarring' would share their random numbers\nhint: write one of the "
     "two a little differently\n",
     NULL},
    {"starts is a known word", "    steps:", "    starts: today\n    steps:",
     "small.yaml:35:13: error: plans.taper.starts: must be next day or same "
     "day, found 'today'\n",
     NULL},
    {"otherwise is a known word", "    repeats",
     "    otherwise: step bak\n    repeats",
     "small.yaml:39:16: error: plans.taper.otherwise: must be repeat or step "
     "back, found 'step bak'\nhint: did you mean 'step back'?\n",
     NULL},
    {"a rule asks for something", "{no_alert_for: 2 days}", "{}",
     "small.yaml:38:5: error: plans.taper.advance_if: asks for nothing\n",
     NULL},
    {"a state to advance in", "{no_alert_for: 2 days}", "{state: wel}",
     "small.yaml:38:25: error: plans.taper.advance_if.state: no state is "
     "called 'wel'\nhint: did you mean 'well'?\n",
     NULL},
    {"a plan must end", "    repeats: {most: 2, each: 4 days}\n", "",
     "small.yaml:38:5: error: plans.taper.advance_if: the plan might never "
     "end: say how often a step is repeated at most\nhint: repeats: {most: "
     "2}\n",
     NULL},
    {"stepping back does not repeat", "    repeats",
     "    otherwise: step back\n    repeats",
     "small.yaml:40:5: error: plans.taper.repeats: means nothing where people "
     "step back otherwise\n",
     NULL},
    {"what is repeated lies in each step", "each: 4 days", "each: 9 days",
     "small.yaml:39:5: error: plans.taper.repeats: 'each' must not be longer "
     "than the step 'daily', which has 7 days\n",
     NULL},
    {"how often is asked for", "{most: 2, each: 4 days}", "{each: 4 days}",
     "small.yaml:39:5: error: plans.taper.repeats: 'most' is missing\n", NULL},
    {"after the last repeat something known is done", "    repeats",
     "    after_last_repeat: go home\n    repeats",
     "small.yaml:39:24: error: plans.taper.after_last_repeat: must be advance, "
     "step back or {move to: LEVEL}, found 'go home'\n",
     NULL},
    {"after the last repeat people move to a level", "    repeats",
     "    after_last_repeat: {move to: hose}\n    repeats",
     "small.yaml:39:34: error: plans.taper.after_last_repeat.move to: no level "
     "is called 'hose'\nhint: did you mean 'house'?\n",
     NULL},
    {"there is a last repeat only where there are repeats",
     "    advance_if: {no_alert_for: 2 days}\n    repeats: {most: 2, each: 4 "
     "days}\n",
     "    after_last_repeat: step back\n",
     "small.yaml:38:5: error: plans.taper.after_last_repeat: means nothing "
     "without 'repeats'\n",
     NULL},
    {"a review names its contact", "    repeats",
     "    review: {days: tue}\n    repeats",
     "small.yaml:39:5: error: plans.taper.review: 'do' is missing\n", NULL},
    {"a review is on days of the week", "    repeats",
     "    review: {do: visit, days: tues}\n    repeats",
     "small.yaml:39:31: error: plans.taper.review.days: must be days such as "
     "weekdays, weekends, every day or mon wed fri, found 'tues'\n",
     NULL},
    {"a review is planned for a time", "    repeats",
     "    review: {do: call, days: tue}\n    repeats",
     "small.yaml:39:5: error: plans.taper.review: 'call' needs 'between', or "
     "'at' and 'window': a review is planned for a time\n",
     NULL},
    {"whether a rule is followed is a chance", "    repeats",
     "    rule_followed: mostly\n    repeats",
     "small.yaml:39:20: error: plans.taper.rule_followed: must be a chance "
     "such as 12% or 0.12, at most 100%, found 'mostly'\n",
     NULL},
};

static struct message_case contact_cases[] = {
    {"a mode is a known word", "mode: phone", "mode: letter",
     "small.yaml:42:16: error: contacts.call.mode: must be visit, phone, "
     "session or other, found 'letter'\n",
     NULL},
    {"someone does it", "window: 2 h, by: nurse, lasts", "window: 2 h, lasts",
     "small.yaml:42:3: error: contacts.call: must say either 'by' or 'needs'\n",
     NULL},
    {"not both by and needs", "window: 2 h, by: nurse, lasts",
     "window: 2 h, by: nurse, needs: {nurse: 1}, lasts",
     "small.yaml:42:3: error: contacts.call: must say either 'by' or 'needs'\n",
     NULL},
    {"by names a role", "window: 2 h, by: nurse", "window: 2 h, by: nurs",
     "small.yaml:42:40: error: contacts.call.by: no role is called "
     "'nurs'\nhint: did you mean 'nurse'?\n",
     NULL},
    {"by is a name", "window: 2 h, by: nurse", "window: 2 h, by: []",
     "small.yaml:42:40: error: contacts.call.by: must name 1 to 6 roles, "
     "found 0\n",
     NULL},
    {"a choice is a role", "[nurse, {role: driver, after: 2 h}]",
     "[nurse, [driver]]",
     "small.yaml:41:58: error: contacts.visit.by: must be a mapping, found a "
     "list\n",
     NULL},
    {"a choice has its role", "{role: driver, after: 2 h}", "{after: 2 h}",
     "small.yaml:41:58: error: contacts.visit.by: 'role' is missing\n", NULL},
    {"a choice has its delay", "{role: driver, after: 2 h}",
     "{role: driver, after: soon}",
     "small.yaml:41:80: error: contacts.visit.by.after: must be a duration "
     "such as 20 min, 1.5 h, 10 days or 2 weeks, found 'soon'\n",
     NULL},
    {"a choice has no other keys", "{role: driver, after: 2 h}",
     "{role: driver, afer: 2 h}",
     "small.yaml:41:73: error: contacts.visit.by.afer: unknown key\nhint: did "
     "you mean 'after'?\n",
     NULL},
    {"a role's name is a text", "{role: driver, after: 2 h}",
     "{role: [driver]}",
     "small.yaml:41:65: error: contacts.visit.by.role: must be the name of a "
     "role, found a list\n",
     NULL},
    {"a role is rostered", "staff: {driver: 1}", "staff: {nurse: 1}",
     "small.yaml:41:65: error: contacts.visit.by.role: no shift rosters "
     "'driver'\n",
     NULL},
    {"needs is a mapping", "needs: {nurse: 2}", "needs: nurse",
     "small.yaml:43:43: error: contacts.huddle.needs: must name 1 to 8 roles "
     "and how many of each\n",
     NULL},
    {"needs has a role", "needs: {nurse: 2}", "needs: {nurs: 2}",
     "small.yaml:43:44: error: contacts.huddle.needs.nurs: no role is called "
     "'nurs'\nhint: did you mean 'nurse'?\n",
     NULL},
    {"needs has alternatives", "needs: {nurse: 2}",
     "needs: {nurse or drivr: 2}",
     "small.yaml:43:44: error: contacts.huddle.needs.nurse or drivr: no role "
     "is called 'drivr'\nhint: did you mean 'driver'?\n",
     NULL},
    {"needs has a number", "needs: {nurse: 2}", "needs: {nurse: some}",
     "small.yaml:43:51: error: contacts.huddle.needs.nurse: must be a whole "
     "number, found 'some'\n",
     NULL},
    {"not both between and at", "between: 10:00-16:00",
     "between: 10:00-16:00, at: 12:00",
     "small.yaml:41:46: error: contacts.visit.at: cannot stand beside "
     "'between', which gives the time and the window\n",
     NULL},
    {"between is hours", "between: 10:00-16:00", "between: 10:00",
     "small.yaml:41:33: error: contacts.visit.between: must be hours such as "
     "08:00-16:00, found '10:00'\n",
     NULL},
    {"at is a time of day", "at: 09:30", "at: 24:00",
     "small.yaml:43:16: error: contacts.huddle.at: must be 00:00 to 23:59, "
     "found 24:00\n",
     NULL},
    {"it lasts some time", "window: 2 h, by: nurse, lasts: 5 min",
     "window: 2 h, by: nurse",
     "small.yaml:42:3: error: contacts.call: 'lasts' is missing\n", NULL},
    {"it lasts a day at most", "lasts: 5 min", "lasts: 30 h",
     "small.yaml:42:54: error: contacts.call.lasts: must be on average 1 s to "
     "1 day, found 30 h\n",
     NULL},
    {"a mean has a range", "lasts: 5 min", "lasts: exponential(mean 30 h)",
     "small.yaml:42:54: error: contacts.call.lasts: must be on average 1 s to "
     "1 day, found exponential(mean 30 h)\n",
     NULL},
    {"a replacement is a contact", "{do: call, after: 3 h}",
     "{do: cal, after: 3 h}",
     "small.yaml:41:96: error: contacts.visit.or.do: no contact is called "
     "'cal'\nhint: did you mean 'call'?\n",
     NULL},
    {"a replacement has a delay", "{do: call, after: 3 h}", "{do: call}",
     "small.yaml:41:87: error: contacts.visit.or: 'after' is missing\n", NULL},
    {"a replacement comes within the window", "{do: call, after: 3 h}",
     "{do: call, after: 6 h}",
     "small.yaml:41:87: error: contacts.visit.or: 'after' must be shorter than "
     "the window\n",
     NULL},
    {"pairs with one tag would share their luck", "  huddle: {at",
     "  call 33615: {by: nurse, lasts: 1 min}\n  call 268515: {by: nurse, "
     "lasts: 1 min}\n  huddle: {at",
     "small.yaml:20:1: error: signs: two pairs of a contact and a sign would "
     "share their random numbers\nhint: write one name a little differently\n",
     NULL},
    {"a replacement is not itself", "{do: call, after: 3 h}",
     "{do: visit, after: 3 h}",
     "small.yaml:41:87: error: contacts.visit.or: leads back to this contact "
     "itself\n",
     NULL},
    {"a meeting has no attendance", "without_person: yes",
     "without_person: yes, attendance: 50%",
     "small.yaml:43:91: error: contacts.huddle.attendance: means nothing in a "
     "contact without the person\n",
     NULL},
    {"without_person is yes or no", "without_person: yes", "without_person: 1",
     "small.yaml:43:86: error: contacts.huddle.without_person: must be yes or "
     "no, found '1'\n",
     NULL},
    {"replacements do not go in a circle", "{mode: phone, window: 2 h",
     "{mode: phone, or: {do: visit, after: 1 h}, window: 2 h",
     "small.yaml:41:87: error: contacts.visit.or: leads back to this contact "
     "itself\nsmall.yaml:42:23: error: contacts.call.or: leads back to this "
     "contact itself\n",
     NULL},
    {"a handover's task has a name of its own", "  huddle:",
     "  handover to home: {window: 1 h, by: nurse, lasts: 1 min}\n  huddle:",
     "small.yaml:43:3: error: contacts.handover to home: the task 'handover to "
     "home' would share its random numbers\n",
     NULL},
};

int main(void)
{
    int failed = 0;

    failed += run_table("level", says, level_cases);
    failed += run_table("plan", says, plan_cases);
    failed += run_table("contact", says, contact_cases);
    return failed;
}
