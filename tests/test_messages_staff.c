/*
 * What is said of faults in responses, staff and targets, and of what is
 * legal but suspicious.
 * Each row changes one place of tests/scenarios/small.yaml and expects exactly
 * these messages, and nothing besides.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/messages.h"

static struct message_case response_cases[] = {
    {"a response has a trigger", "  not attended:", "  not attendd:",
     "small.yaml:45:3: error: responses.not attendd: is neither a trigger nor "
     "an alert\nhint: did you mean 'not attended'?\n",
     NULL},
    {"a response has actions",
     "{within: 2 days, do: call, when: {ill: {settle: 50%, step back: yes}}}",
     "later",
     "small.yaml:49:13: error: responses.red.review: must be a mapping, found "
     "'later'\n",
     NULL},
    {"a response is a mapping",
     "    ring: {do: call, succeeds: 50%}\n    tell: {after: 1 day, then: "
     "{record: told}}\n",
     "    - ring\n",
     "small.yaml:46:5: error: responses.not attended: must be a mapping of "
     "actions, found a list\n",
     NULL},
    {"a response is not empty", "    write: {then: re-engage}", "    {}",
     "small.yaml:51:5: error: responses.disengaged: must have 1 to 32 actions, "
     "found 0\n",
     NULL},
    {"an action does something", "ring: {do: call, succeeds: 50%}",
     "ring: {after: 1 h}",
     "small.yaml:46:5: error: responses.not attended.ring: does nothing: it "
     "has no 'do', 'then' or 'when'\n",
     NULL},
    {"a deadline is for a contact", "{after: 1 day, then",
     "{within: 1 day, then",
     "small.yaml:47:12: error: responses.not attended.tell.within: is a "
     "deadline for a contact, and there is no 'do'\n",
     NULL},
    {"a deadline is a duration", "within: 2 days, do", "within: next week, do",
     "small.yaml:49:22: error: responses.red.review.within: must be a duration "
     "such as 4 h, 'same day' or 'next working day', found 'next week'\n",
     NULL},
    {"a deadline is after the start", "{within: 2 days, do",
     "{after: 3 days, within: 2 days, do",
     "small.yaml:49:29: error: responses.red.review.within: the deadline, "
     "counted from the trigger, passes before the action starts\n",
     NULL},
    {"a contact without a window has a deadline",
     "window: 2 h, by: nurse, lasts", "by: nurse, lasts",
     "small.yaml:46:12: error: responses.not attended.ring.do: 'call' has no "
     "'window', so this action needs 'within'\n",
     NULL},
    {"do names a contact", "ring: {do: call", "ring: {do: cal",
     "small.yaml:46:16: error: responses.not attended.ring.do: no contact is "
     "called 'cal'\nhint: did you mean 'call'?\n",
     NULL},
    {"when speaks of states", "when: {ill:", "when: {il:",
     "small.yaml:49:47: error: responses.red.review.when.il: no state is "
     "called 'il'\nhint: did you mean 'ill'?\n",
     NULL},
    {"when is a mapping", "when: {ill: {settle: 50%, step back: yes}}",
     "when: settle",
     "small.yaml:49:46: error: responses.red.review.when: must be a mapping of "
     "states to effects, found 'settle'\n",
     NULL},
    {"an effect is known", "{settle: 50%, step back: yes}", "{setle: 50%}",
     "small.yaml:49:53: error: responses.red.review.when.ill.setle: no effect "
     "is called 'setle'\nhint: did you mean 'settle'?\n",
     NULL},
    {"a phrase is known", "then: re-engage", "then: reengag",
     "small.yaml:51:19: error: responses.disengaged.write.then: no effect is "
     "called 'reengag'\nhint: did you mean 're-engage'?\n",
     NULL},
    {"a phrase wants its name", "then: re-engage", "then: [move to, record]",
     "small.yaml:51:20: error: responses.disengaged.write.then: 'move to' "
     "what? write 'move to: NAME'\nsmall.yaml:51:29: error: "
     "responses.disengaged.write.then: 'record' what? write 'record: NAME'\n",
     NULL},
    {"effects are words", "then: re-engage", "then: [[leave]]",
     "small.yaml:51:20: error: responses.disengaged.write.then: must be "
     "effects such as restart plan, or {settle: 60%, restart plan: yes}, found "
     "a list\n",
     NULL},
    {"an effect is yes or no", "step back: yes", "step back: 2",
     "small.yaml:49:77: error: responses.red.review.when.ill.step back: must "
     "be yes or no, found '2'\n",
     NULL},
    {"a move names a level", "{move to: house}", "{move to: hous}",
     "small.yaml:55:43: error: responses.crisis.one_of.back.then.move to: no "
     "level is called 'hous'\nhint: did you mean 'house'?\n",
     NULL},
    {"a settling is a chance", "settle: 50%", "settle: often",
     "small.yaml:49:61: error: responses.red.review.when.ill.settle: must be a "
     "chance such as 12% or 0.12, at most 100%, found 'often'\n",
     NULL},
    {"a record is a name", "{record: told}", "{record: [told]}",
     "small.yaml:47:41: error: responses.not attended.tell.then.record: must "
     "be the name of what is recorded, found a list\n",
     NULL},
    {"a record's name is fit", "{record: told}", "{record: told. twice}",
     "small.yaml:47:41: error: responses.not attended.tell.then.record: a name "
     "must not contain a dot\n",
     NULL},
    {"only a crisis has outcomes", "  disengaged:\n",
     "  disengaged:\n    one_of: {a: {chance: 100%}}\n",
     "small.yaml:51:5: error: responses.disengaged.one_of: only 'crisis' has "
     "outcomes\n",
     NULL},
    {"a crisis has outcomes only",
     "    one_of:", "    first: {do: call}\n    one_of:",
     "small.yaml:53:5: error: responses.crisis.first: unknown key\nhint: "
     "allowed: one_of\n",
     NULL},
    {"outcomes are asked for",
     "    one_of:\n      stay: {chance: 60%, then: [settle, restart plan]}\n   "
     "   back: {chance: 40%, then: {move to: house}}\n",
     "    {}\n",
     "small.yaml:52:3: error: responses.crisis: 'one_of' is missing\n", NULL},
    {"there is an outcome",
     "    one_of:\n      stay: {chance: 60%, then: [settle, restart plan]}\n   "
     "   back: {chance: 40%, then: {move to: house}}\n",
     "    one_of: {}\n",
     "small.yaml:53:5: error: responses.crisis.one_of: the chances must add to "
     "100%, they add to 0%\n",
     NULL},
    {"actions with one tag would share their luck",
     "    ring: {do: call, succeeds: 50%}\n    tell:",
     "    costarring: {do: call}\n    liquid:",
     "small.yaml:47:5: error: responses.not attended.liquid: this action and "
     "'costarring' would share their random numbers\nhint: write one of the "
     "two a little differently\n",
     NULL},
    {"outcomes are a mapping",
     "    one_of:\n      stay: {chance: 60%, then: [settle, restart plan]}\n   "
     "   back: {chance: 40%, then: {move to: house}}\n",
     "    one_of: [stay]\n",
     "small.yaml:53:13: error: responses.crisis.one_of: must be a mapping of "
     "outcomes, found a list\n",
     NULL},
    {"outcomes add to 100%", "chance: 60%", "chance: 50%",
     "small.yaml:53:5: error: responses.crisis.one_of: the chances must add to "
     "100%, they add to 90%\n",
     NULL},
    {"an outcome has a chance", "chance: 60%, ", "",
     "small.yaml:54:7: error: responses.crisis.one_of.stay: 'chance' is "
     "missing\n",
     NULL},
};

static struct message_case rota_cases[] = {
    {"a cost is money", "cost: 30/h, prem", "cost: 30/day, prem",
     "small.yaml:57:17: error: staff.nurse.cost: must be money such as 24/h or "
     "24, found '30/day'\n",
     NULL},
    {"a premium is a share", "sunday: 60%", "sunday: much",
     "small.yaml:57:41: error: staff.nurse.premium.sunday: must be a share "
     "such as 30% or 150%, found 'much'\n",
     NULL},
    {"a premium has a range", "sunday: 60%", "sunday: 2000%",
     "small.yaml:57:41: error: staff.nurse.premium.sunday: must be 0% to "
     "1000%, found 2000%\n",
     NULL},
    {"an absence has a share", "share: 5%, ", "",
     "small.yaml:57:47: error: staff.nurse.absence: 'share' is missing\n",
     NULL},
    {"not everybody is absent", "share: 5%", "share: 99%",
     "small.yaml:57:64: error: staff.nurse.absence.share: must be 0% to 95%, "
     "found 99%\n",
     NULL},
    {"a spell is a duration", "spells: 4 days", "spells: 4",
     "small.yaml:57:76: error: staff.nurse.absence.spells: must be a duration "
     "such as 20 min, 1.5 h, 10 days or 2 weeks, found '4'\n",
     NULL},
    {"a bank has a cost", ", cost: 36/h", "",
     "small.yaml:57:85: error: staff.nurse.bank: 'cost' is missing\n", NULL},
    {"days are asked for", "days: every day, ", "",
     "small.yaml:60:3: error: rota.days: 'days' is missing\n", NULL},
    {"days are days", "days: mon wed fri", "days: mon wensday",
     "small.yaml:61:16: error: rota.late.days: must be days such as weekdays, "
     "weekends, every day or mon wed fri, found 'mon wensday'\n",
     NULL},
    {"hours are asked for", ", hours: 08:00-20:00", "",
     "small.yaml:60:3: error: rota.days: 'hours' is missing\n", NULL},
    {"hours are hours", "hours: 08:00-20:00", "hours: all day",
     "small.yaml:60:34: error: rota.days.hours: must be hours such as "
     "08:00-16:00, found 'all day'\n",
     NULL},
    {"staff are asked for", ", staff: {nurse: 2}", "",
     "small.yaml:60:3: error: rota.days: 'staff' is missing\n", NULL},
    {"staff is a mapping", "staff: {nurse: 2}", "staff: 2",
     "small.yaml:60:54: error: rota.days.staff: must be a mapping such as "
     "{support worker: 2}, found '2'\n",
     NULL},
    {"staff are roles", "staff: {nurse: 2}", "staff: {nurs: 2}",
     "small.yaml:60:55: error: rota.days.staff.nurs: no role is called "
     "'nurs'\nhint: did you mean 'nurse'?\n",
     NULL},
    {"places are counted", "staff: {nurse: 2}", "staff: {nurse: 100001}",
     "small.yaml:60:62: error: rota.days.staff.nurse: must be 0 to 100000, "
     "found 100001\n",
     NULL},
    {"an overrun is a duration", "staff: {nurse: 2}",
     "staff: {nurse: 2}, overrun: some",
     "small.yaml:60:75: error: rota.days.overrun: must be a duration such as "
     "20 min, 1.5 h, 10 days or 2 weeks, found 'some'\n",
     NULL},
};

static struct message_case target_cases[] = {
    {"a measure is known", "measure: contacts_not_delivered",
     "measure: contacts_not_deliverd",
     "small.yaml:63:19: error: targets.care.measure: no measure is called "
     "'contacts_not_deliverd'\nhint: did you mean 'contacts_not_delivered'?\n",
     NULL},
    {"a measure is asked for", "measure: contacts_not_delivered, ", "",
     "small.yaml:63:3: error: targets.care: 'measure' is missing\n", NULL},
    {"a measure is a name", "measure: contacts_not_delivered", "measure: [a]",
     "small.yaml:63:19: error: targets.care.measure: must be the name of a "
     "measure, found a list\n",
     NULL},
    {"a limit is asked for", ", at_most: 2%", "",
     "small.yaml:63:3: error: targets.care: must say either 'at_most' or "
     "'at_least'\n",
     NULL},
    {"not both limits", ", at_most: 2%", ", at_most: 2%, at_least: 1%",
     "small.yaml:63:3: error: targets.care: must say either 'at_most' or "
     "'at_least'\n",
     NULL},
    {"a share is a chance", ", at_most: 2%", ", at_most: 3 days",
     "small.yaml:63:52: error: targets.care.at_most: must be a chance such as "
     "12% or 0.12, at most 100%, found '3 days'\n",
     NULL},
    {"a precision is a share", "at_most: 2%", "at_most: 2%, precision: fine",
     "small.yaml:63:67: error: targets.care.precision: must be from 0.1% to "
     "50%, such as 5%, found 'fine'\n",
     NULL},
    {"a precision is not too fine", "at_most: 2%",
     "at_most: 2%, precision: 0.05%",
     "small.yaml:63:67: error: targets.care.precision: must be from 0.1% to "
     "50%, such as 5%, found '0.05%'\n",
     NULL},
    {"days are a duration", "measure: contacts_not_delivered, at_most: 2%",
     "measure: longest_gap_days, at_most: 2%",
     "small.yaml:63:46: error: targets.care.at_most: must be a duration such "
     "as 20 min, 1.5 h, 10 days or 2 weeks, found '2%'\n",
     NULL},
    {"hours are a duration", "measure: contacts_not_delivered, at_most: 2%",
     "measure: unseen_hours, at_most: 2%",
     "small.yaml:63:42: error: targets.care.at_most: must be a duration such "
     "as 20 min, 1.5 h, 10 days or 2 weeks, found '2%'\n",
     NULL},
    {"minutes are a duration", "measure: contacts_not_delivered, at_most: 2%",
     "measure: start_delay_minutes, at_most: 2%",
     "small.yaml:63:49: error: targets.care.at_most: must be a duration such "
     "as 20 min, 1.5 h, 10 days or 2 weeks, found '2%'\n",
     NULL},
    {"per week is a rate", "measure: contacts_not_delivered, at_most: 2%",
     "measure: crises, at_most: 2%",
     "small.yaml:63:36: error: targets.care.at_most: must be a rate such as "
     "3/week or 0.03/day, found '2%'\n",
     NULL},
    {"people are a number", "measure: contacts_not_delivered, at_most: 2%",
     "measure: occupancy, at_most: 2%",
     "small.yaml:63:39: error: targets.care.at_most: must be a plain number "
     "such as 3 or 1.5, found '2%'\n",
     NULL},
    {"a limit is not negative", "measure: contacts_not_delivered, at_most: 2%",
     "measure: occupancy, at_most: -2",
     "small.yaml:63:39: error: targets.care.at_most: must be 0 or more, found "
     "-2\n",
     NULL},
    {"periods are so many of so many", ", at_most: 2%",
     ", at_most: 2%, in: most weekends",
     "small.yaml:63:60: error: targets.care.in: must be such as 9 of 10 "
     "weekends, of days, weekends, weeks or years, found 'most weekends'\n",
     NULL},
    {"no more periods than there are", ", at_most: 2%",
     ", at_most: 2%, in: 11 of 10 weeks",
     "small.yaml:63:60: error: targets.care.in: must be such as 9 of 10 "
     "weekends, of days, weekends, weeks or years, found '11 of 10 weeks'\n",
     NULL},
    {"periods have a name", ", at_most: 2%",
     ", at_most: 2%, in: 9 of 10 months",
     "small.yaml:63:60: error: targets.care.in: must be such as 9 of 10 "
     "weekends, of days, weekends, weeks or years, found '9 of 10 months'\n",
     NULL},
    {"only planned contacts are asked for by weekends",
     "measure: contacts_not_delivered, at_most: 2%",
     "measure: occupancy, level: house, at_most: 2, in: 9 of 10 weekends",
     "small.yaml:63:56: error: targets.care.in: of 'occupancy' only years can "
     "be asked, and one part; of measures of planned contacts also days, "
     "weekends and weeks, and several parts at once\n",
     NULL},
    {"only planned contacts are cut in several ways at once",
     "measure: contacts_not_delivered, at_most: 2%",
     "measure: stay_days, level: house, cohort: people, at_most: 9 days",
     "small.yaml:63:3: error: targets.care: of 'stay_days' only years can be "
     "asked, and one part; of measures of planned contacts also days, weekends "
     "and weeks, and several parts at once\n",
     NULL},
    {"a quantile has no years", "measure: contacts_not_delivered, at_most: 2%",
     "measure: longest_gap_days_p95, at_most: 9 days, in: 9 of 10 years",
     "small.yaml:63:58: error: targets.care.in: 'longest_gap_days_p95' is "
     "taken "
     "over all years together\n",
     NULL},
    {"one week stands alone", ", at_most: 2%",
     ", at_most: 2%, week: 2026-11-23, level: home",
     "small.yaml:63:56: error: targets.care.week: cannot stand beside other "
     "parts, or 'in'\n",
     NULL},
    {"four parts at most", ", at_most: 2%",
     ", at_most: 2%, level: home, cohort: people, kind: visit, day: weekend, "
     "hour: mon 12",
     "small.yaml:63:112: error: targets.care.hour: a target can be cut in 4 "
     "ways at most\n",
     NULL},
    {"a slice has its value", "day: weekend", "day: sunday",
     "small.yaml:64:49: error: targets.weekend care.day: no day is called "
     "'sunday'\nhint: allowed: weekday, weekend, holiday\n",
     NULL},
    {"a slice is one value", "day: weekend", "day: [weekend]",
     "small.yaml:64:49: error: targets.weekend care.day: must be one value, "
     "found a list\n",
     NULL},
    {"a slice is allowed for the measure",
     "measure: contacts_missed, day: weekend",
     "measure: crisis_within_30_days, role: nurse",
     "small.yaml:64:50: error: targets.weekend care.role: "
     "'crisis_within_30_days' cannot be cut in this way\n",
     NULL},
    {"a level is one of the scenario", "day: weekend", "level: hom",
     "small.yaml:64:51: error: targets.weekend care.level: no level is called "
     "'hom'\nhint: did you mean 'home'?\n",
     NULL},
};

static struct message_case warning_cases[] = {
    {"a state that nobody comes to",
     "begin: {well: 60%, ill: 40%}\n    changes: {well to ill: 0.1/day, ill to "
     "well: 0.1/day",
     "begin: {ill: 100%}\n    changes: {well to ill: 0.1/day",
     "small.yaml:13:5: warning: conditions.course.states: nobody begins in the "
     "state 'well' and no change leads to it\n",
     NULL},
    {"a crisis without a response",
     "  crisis:\n    one_of:\n      stay: {chance: 60%, then: [settle, restart "
     "plan]}\n      back: {chance: 40%, then: {move to: house}}\n",
     "",
     "small.yaml:12:3: warning: conditions.course: leads to crises, and no "
     "response says what happens then: people stay where they are\nhint: give "
     "'crisis' under 'responses'\n",
     NULL},
    {"a response without a crisis", "0.1/day, ill to crisis: 0.01/day}",
     "0.1/day}",
     "small.yaml:52:3: warning: responses.crisis: no condition leads to a "
     "crisis\n",
     NULL},
    {"a contact that nothing uses",
     "  huddle:", "  letter: {by: nurse, lasts: 5 min}\n  huddle:",
     "small.yaml:43:3: warning: contacts.letter: no plan, response or 'or' "
     "uses this contact\n",
     NULL},
    {"a condition of no cohort",
     "    enters: house\n    condition: course\n    attendance: {well: 95%, "
     "ill: 80%}",
     "    enters: house\n    attendance: 90%",
     "small.yaml:11:3: warning: conditions.course: no cohort has this "
     "condition\n",
     NULL},
    {"a plan of no level", "\ncontacts:",
     "\n  other: {steps: {a: {for: 1 day, contacts: {visit: every "
     "day}}}}\ncontacts:",
     "small.yaml:40:3: warning: plans.other: no level has this plan\n", NULL},
    {"a circle of levels", "    then: leave", "    then: house",
     "small.yaml:25:3: warning: levels.house: following 'then' from here leads "
     "back here: nobody leaves as planned\n",
     NULL},
    {"a plan without contacts",
     "\ncontacts:", "\n  other: {steps: {a: {for: 1 day}}}\ncontacts:",
     "small.yaml:40:3: warning: plans.other: no level has this "
     "plan\nsmall.yaml:40:3: warning: plans.other: no step of this plan has "
     "contacts\n",
     NULL},
    {"an action without effect", "{then: re-engage}", "{then: {re-engage: no}}",
     "small.yaml:51:5: warning: responses.disengaged.write: has no effect\n",
     NULL},
    {"an outcome and a record of one name", "{record: told}", "{record: back}",
     "small.yaml:55:7: warning: responses.crisis.one_of.back: 'record' uses "
     "the same name: the two are counted together\n",
     NULL},
    {"a state that is a moment, in when",
     "when: {ill:", "when: {crisis: {settle: yes}, ill:",
     "small.yaml:49:47: warning: responses.red.review.when.crisis: nobody is "
     "ever found in this state: a crisis is a moment\n",
     NULL},
    {"a state that is a moment, in a sign", "{well: 5%, ill: 50%}",
     "{well: 5%, ill: 50%, crisis: 100%}",
     "small.yaml:21:31: warning: signs.sleep.crisis: nobody is ever found in "
     "this state: a crisis is a moment\n",
     NULL},
    {"re-engaging where nobody disengages",
     "    disengages: {after_missed: 3, chance: 10%, rate: {ill: 0.01/day}}\n",
     "",
     "small.yaml:49:3: warning: responses.disengaged: this never happens: "
     "nobody disengages\nsmall.yaml:50:13: warning: "
     "responses.disengaged.write.then: 're-engage' means nothing: nobody "
     "disengages\n",
     NULL},
    {"timed out without a limit",
     "  disengaged:\n    write: {then: re-engage}\n",
     "  timed out:\n    write: {then: leave}\n",
     "small.yaml:50:3: warning: responses.timed out: this never happens: no "
     "level has a 'longest'\n",
     "levels.home.longest=null"},
    {"a role not on duty in the window on some days",
     "days: every day, hours: 08:00-20:00",
     "days: weekdays, hours: 08:00-20:00",
     "small.yaml:41:3: warning: contacts.visit: planned for 10:00, and nobody "
     "who does it is on duty within 6 h of that on sat sun "
     "holidays\nsmall.yaml:49:14: warning: responses.red.review.within: leaves "
     "2 days, and for 60 h at a time nobody is on duty who does it\n",
     NULL},
    {"a role not on duty at the hour", "hours: 08:00-20:00",
     "hours: 20:00-08:00",
     "small.yaml:41:3: warning: contacts.visit: planned for 10:00, and nobody "
     "who does it is on duty within 6 h of that on any day\nsmall.yaml:43:3: "
     "warning: contacts.huddle: planned for 09:30, and nobody who does it is "
     "on duty within 1 h of that on tue\n",
     NULL},
    {"a joint contact larger than any shift", "needs: {nurse: 2}",
     "needs: {nurse: 3}",
     "small.yaml:43:3: warning: contacts.huddle: planned for 09:30, and nobody "
     "who does it is on duty within 1 h of that on tue\nsmall.yaml:43:36: "
     "warning: contacts.huddle.needs: needs 3 of 'nurse' together, and at most "
     "2 are ever on duty\n",
     NULL},
    {"a joint contact whose roles never meet", "needs: {nurse: 2}",
     "needs: {nurse: 1, driver: 1}",
     "small.yaml:43:3: warning: contacts.huddle: planned for 09:30, and nobody "
     "who does it is on duty within 1 h of that on tue\nsmall.yaml:43:36: "
     "warning: contacts.huddle.needs: those it needs are never on duty "
     "together\n",
     NULL},
    {"a handover larger than any shift", "{needs: {nurse: 1}, lasts",
     "{needs: {nurse: 3}, lasts",
     "small.yaml:31:16: warning: levels.home.handover.needs: needs 3 of "
     "'nurse' together, and at most 2 are ever on duty\n",
     NULL},
    {"a deadline shorter than the gap in cover", "{within: 2 days, do",
     "{within: 6 h, do",
     "small.yaml:49:14: warning: responses.red.review.within: leaves 6 h, and "
     "for 12 h at a time nobody is on duty who does it\n",
     NULL},
    {"a first contact that comes too late", "first_contact_within: 48 h",
     "first_contact_within: 8 h",
     "small.yaml:30:5: warning: levels.home.first_contact_within: the plan "
     "cannot meet this: its first contact falls due 10 h after entry at the "
     "earliest\n",
     NULL},
    {"a first contact with nobody there", "{visit: every day}", "{huddle: mon}",
     "small.yaml:30:5: warning: levels.home.first_contact_within: the plan "
     "cannot meet this: its first contact falls due 178 h after entry at the "
     "earliest\n",
     NULL},
    {"a first contact in a plan of meetings", "{visit: every day}",
     "{huddle: mon}",
     "small.yaml:30:5: warning: levels.home.first_contact_within: the plan has "
     "no contact with the person\nsmall.yaml:41:3: warning: contacts.visit: no "
     "plan, response or 'or' uses this contact\nsmall.yaml:45:3: warning: "
     "responses.not attended: this never happens: there are no planned "
     "contacts with the person\n",
     "plans.taper.steps.weekly.contacts.visit=null"},
    {"a schedule that can come out empty",
     "for: 7 days, contacts: {visit: every day}",
     "for: 4 days, contacts: {visit: mon}",
     "small.yaml:36:39: warning: plans.taper.steps.daily.contacts.visit: can "
     "come out empty: a step of 4 days has no such day when it begins on 3 of "
     "the 7 weekdays\n",
     NULL},
    {"a schedule that never comes out",
     "for: 7 days, contacts: {visit: every day}",
     "for: 4 days, contacts: {visit: every day, huddle: weekly on day 5}",
     "small.yaml:36:57: warning: plans.taper.steps.daily.contacts.huddle: "
     "never falls due in a step of 4 days\n",
     NULL},
    {"two contacts at one time", "{visit: weekly, huddle: tue}",
     "{visit: weekly, call: weekly at 10:00}",
     "small.yaml:37:41: warning: plans.taper.steps.weekly.contacts.visit: "
     "falls due at the same time as 'call', and one of the two "
     "waits\nsmall.yaml:43:3: warning: contacts.huddle: no plan, response or "
     "'or' uses this contact\n",
     NULL},
    {"a warm-up shorter than the way through", "run_for: 10 weeks",
     "run_for: 10 weeks, warm_up: 2 weeks",
     "small.yaml:3:50: warning: calendar.warm_up: shorter than the way "
     "through, which takes 26 days: the service is not yet full when measuring "
     "begins\n",
     NULL},
};

int main(void)
{
    int failed = 0;

    failed += run_table("response", says, response_cases);
    failed += run_table("rota", says, rota_cases);
    failed += run_table("target", says, target_cases);
    failed += run_table("warning", says, warning_cases);
    return failed;
}
