/*
 * What is said of faults in the ways between levels.
 * Each row changes one place of tests/scenarios/small.yaml and expects exactly
 * these messages, and nothing besides.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/messages.h"

#define LEVEL(setting) "levels." setting

static struct message_case then_cases[] = {
    {"named routes", "", "", "",
     LEVEL("home.then={a: {to: leave, chance: 50%}, b: {to: house, chance: "
           "50%}}")},
    {"a route says where to", "", "",
     "--set:1:19: error: levels.home.then.a: 'to' is missing\n",
     LEVEL("home.then={a: {chance: 100%}}")},
    {"a route has a chance", "", "",
     "--set:1:19: error: levels.home.then.a: 'chance' is missing\n",
     LEVEL("home.then={a: {to: leave}}")},
    {"routes add to 100%", "", "",
     "--set:1:13: error: levels.home.then: the chances must add to 100%, they "
     "add to 50%\n",
     LEVEL("home.then={a: {to: leave, chance: 50%}}")},
    {"a route leads to a level", "", "",
     "--set:1:27: error: levels.home.then.a.to: no level is called "
     "'hous'\nhint: did you mean 'house'?\n",
     LEVEL("home.then={a: {to: hous, chance: 100%}}")},
    {"a route's destination is a name", "", "",
     "--set:1:27: error: levels.home.then.a.to: must be the name of a level, "
     "or 'leave', found a list\n",
     LEVEL("home.then={a: {to: [house], chance: 100%}}")},
    {"a route does not lead back", "", "",
     "--set:1:22: error: levels.home.then.a: leads back to itself\n",
     LEVEL("home.then={a: {to: home, chance: 100%}}")},
    {"there is a route", "", "",
     "--set:1:18: error: levels.home.then: must name 1 to 32 routes, found 0\n",
     LEVEL("home.then={}")},
    {"a delay is a duration", "", "",
     "--set:1:55: error: levels.home.then.a.delay: must be a duration such as "
     "20 min, or exponential, lognormal, gamma, weibull, triangular, uniform "
     "or empirical (...), found 'long'\n",
     LEVEL("home.then={a: {to: leave, chance: 100%, delay: long}}")},
    {"a delay has its limit", "", "",
     "--set:1:55: error: levels.home.then.a.delay: must be on average 0 min to "
     "3650 days, found 4000 days\n",
     LEVEL("home.then={a: {to: leave, chance: 100%, delay: 4000 days}}")},
    {"a route's stay does not stand beside a plan", "", "",
     "--set:1:48: error: levels.home.then.a.stay: cannot stand beside 'plan': "
     "people stay for one or the other\n",
     LEVEL("home.then={a: {to: leave, chance: 100%, stay: 3 days}}")},
    {"a route's stay has its limit", "", "",
     "--set:1:54: error: levels.house.then.a.stay: must be on average 1 min to "
     "3650 days, found 4000 days\n",
     LEVEL("house.then={a: {to: home, chance: 100%, stay: 4000 days}}")},
    {"a route is a mapping", "", "",
     "--set:1:22: error: levels.home.then.a: must be a mapping, found "
     "'house'\n",
     LEVEL("home.then={a: house}")},
    {"a route knows its keys", "", "",
     "--set:1:48: error: levels.home.then.a.delai: unknown key\nhint: did you "
     "mean 'delay'?\n",
     LEVEL("home.then={a: {to: leave, chance: 100%, delai: 3 days}}")},
    {"a follow-up ends with leaving, not with routes",
     "stay: \"gamma(mean 5 days, sd 2 days)\", then: home",
     "follow_up: 3 days, then: {a: {to: home, chance: 100%}}",
     "small.yaml:25:31: error: levels.house.follow_up: ends with leaving, but "
     "'then' names a level\n",
     NULL},
    {"routes that lead in a circle", "", "",
     "small.yaml:25:3: warning: levels.house: following 'then' from here leads "
     "back here: nobody leaves as planned\n",
     LEVEL("home.then={a: {to: house, chance: 100%}, b: {to: leave, chance: "
           "0%}}")},
};

static struct message_case full_cases[] = {
    {"a full level lets wait or diverts", "", "",
     "--set:1:24: error: levels.house.when_full: must be wait, or {divert to: "
     "LEVEL}, found 'go'\n",
     LEVEL("house.when_full=go")},
    {"when_full is no list", "", "",
     "--set:1:24: error: levels.house.when_full: must be wait, or {divert to: "
     "LEVEL}, found a list\n",
     LEVEL("house.when_full=[wait]")},
    {"a divert says where to", "", "",
     "--set:1:14: error: levels.house.when_full: 'divert to' is missing\n",
     LEVEL("house.when_full={}")},
    {"a divert knows its key", "", "",
     "--set:1:14: error: levels.house.when_full: 'divert to' is "
     "missing\n--set:1:25: error: levels.house.when_full.divert: unknown "
     "key\nhint: allowed: divert to\n",
     LEVEL("house.when_full={divert: home}")},
    {"a divert leads to a level", "", "",
     "--set:1:36: error: levels.house.when_full.divert to: no level is called "
     "'hone'\nhint: did you mean 'home'?\n",
     LEVEL("house.when_full={divert to: hone}")},
    {"a divert does not lead back", "", "",
     "--set:1:36: error: levels.house.when_full.divert to: leads back to "
     "itself\n",
     LEVEL("house.when_full={divert to: house}")},
    {"diverts do not lead in a circle", "then: home}",
     "then: home, when_full: {divert to: home}}",
     "small.yaml:25:82: error: levels.house.when_full: diverting from here "
     "leads back here: where are people to wait?\nhint: let one of them wait\n",
     LEVEL("home.when_full={divert to: house}")},
    {"a divert from a level without limit", "", "",
     "--set:1:13: warning: levels.home.when_full: means nothing: there is no "
     "limit of places\n",
     LEVEL("home.when_full={divert to: house}")},
    {"who waits for the next level stays or waits", "", "",
     "--set:1:29: error: levels.house.when_next_full: must be stay or wait, "
     "found 'leave'\n",
     LEVEL("house.when_next_full=leave")},
    {"waiting outside for a level that is never full", "", "",
     "--set:1:14: warning: levels.house.when_next_full: means nothing: the "
     "next level is never full\n",
     LEVEL("house.when_next_full=wait")},
    {"giving up takes some time", "", "",
     "--set:1:14: error: levels.house.gives_up: 'after' is missing\n",
     LEVEL("house.gives_up={to: leave}")},
    {"giving up leads somewhere", "", "",
     "--set:1:14: error: levels.house.gives_up: 'to' is missing\n",
     LEVEL("house.gives_up={after: 3 days}")},
    {"giving up leads to a level", "", "",
     "--set:1:43: error: levels.house.gives_up.to: no level is called "
     "'hone'\nhint: did you mean 'home'?\n",
     LEVEL("house.gives_up={after: 3 days, to: hone}")},
    {"giving up does not lead back", "", "",
     "--set:1:43: error: levels.house.gives_up.to: leads back to itself\n",
     LEVEL("house.gives_up={after: 3 days, to: house}")},
    {"patience has its limits", "", "",
     "--set:1:31: error: levels.house.gives_up.after: must be on average 1 s "
     "to 36500 days, found 0 s\n",
     LEVEL("house.gives_up={after: 0 s, to: leave}")},
    {"giving up is a mapping", "", "",
     "--set:1:23: error: levels.house.gives_up: must be a mapping, found '3 "
     "days'\n",
     LEVEL("house.gives_up=3 days")},
    {"giving up where nobody waits", "", "",
     "--set:1:13: warning: levels.home.gives_up: means nothing: nobody waits "
     "for a place here\n",
     LEVEL("home.gives_up={after: 3 days, to: leave}")},
};

static struct message_case entry_cases[] = {
    {"accepts_if knows the states", "", "",
     "--set:1:24: error: levels.home.accepts_if: no state is called "
     "'wel'\nhint: did you mean 'well'?\n",
     LEVEL("home.accepts_if=wel")},
    {"accepts_if is one or both", "", "",
     "--set:1:24: error: levels.home.accepts_if: must be no_alert, a state, or "
     "a mapping of both, found a list\n",
     LEVEL("home.accepts_if=[well]")},
    {"accepts_if asks for something", "", "",
     "--set:1:24: error: levels.home.accepts_if: asks for nothing: give "
     "'no_alert' or 'state'\n",
     LEVEL("home.accepts_if={}")},
    {"accepts_if: a state as a key", "", "",
     "--set:1:32: error: levels.home.accepts_if.state: no state is called "
     "'wel'\nhint: did you mean 'well'?\n",
     LEVEL("home.accepts_if={state: wel}")},
    {"accepts_if: no_alert is yes or no", "", "",
     "--set:1:35: error: levels.home.accepts_if.no_alert: must be yes or no, "
     "found 'well'\n",
     LEVEL("home.accepts_if={no_alert: well}")},
    {"no_alert where there are none",
     "alerts: {amber: 1, red: 2}\nlevels:\n  house: {rank: 2",
     "levels:\n  house: {accepts_if: no_alert, rank: 2",
     "small.yaml:24:11: warning: levels.house.accepts_if: means nothing: there "
     "are no alerts\n",
     "responses.red=null"},
    {"on_entry names contacts", "", "",
     "--set:1:23: error: levels.home.on_entry: no contact is called "
     "'vist'\nhint: did you mean 'visit'?\n",
     LEVEL("home.on_entry=[vist]")},
    {"on_entry is a list of names", "", "",
     "--set:1:23: error: levels.home.on_entry: must be the name of a contact, "
     "found a mapping\n",
     LEVEL("home.on_entry=[{do: visit}]")},
    {"on_entry is a name or a list", "", "",
     "--set:1:22: error: levels.home.on_entry: must be the name of a contact, "
     "found a mapping\n",
     LEVEL("home.on_entry={visit: 1}")},
    {"on_entry names something", "", "",
     "--set:1:22: error: levels.home.on_entry: must name 1 to 32 contacts, "
     "found 0\n",
     LEVEL("home.on_entry=[]")},
    {"on_entry goes with a stay as with a plan", "", "", "",
     LEVEL("house.on_entry=[visit]")},
    {"on_entry needs a window", "window: 2 h, by: nurse, lasts: 5",
     "by: nurse, lasts: 5",
     "small.yaml:46:12: error: responses.not attended.ring.do: 'call' has no "
     "'window', so this action needs 'within'\n--set:1:23: error: "
     "levels.home.on_entry: 'call' has neither 'window' nor 'between', and a "
     "contact due on entry needs one\n",
     LEVEL("home.on_entry=[call]")},
    {"an overlap has its limit", "", "",
     "--set:1:30: error: levels.home.handover.overlap: must be 0 min to 28 "
     "days, found 30 days\n",
     LEVEL("home.handover.overlap=30 days")},
    {"an overlap where no plan is left", "", "",
     "--set:1:22: warning: levels.home.handover.overlap: means nothing: no "
     "other level has a plan that could go on\n",
     LEVEL("home.handover.overlap=3 days")},
};

#define AWAY "  home:\n", "  away: {rank: 0}\n  home:\n", ""

/* Ways by which a level is reached, and what is longer by them. */
static struct message_case way_cases[] = {
    {"a level is reached by a route", AWAY,
     LEVEL("home.then={a: {to: away, chance: 10%}, b: {to: leave, chance: "
           "90%}}")},
    {"a level is reached by a divert", AWAY,
     LEVEL("house.when_full={divert to: away}")},
    {"a level is reached by giving up", AWAY,
     LEVEL("house.gives_up={after: 3 days, to: away}")},
    {"a warm-up shorter than the way through by the main route",
     "run_for: 10 weeks", "warm_up: 30 days, run_for: 10 weeks",
     "small.yaml:3:31: warning: calendar.warm_up: shorter than the way "
     "through, which takes 126 days: the service is not yet full when "
     "measuring begins\n",
     LEVEL("house.then={a: {to: home, chance: 90%, delay: 100 days}, b: {to: "
           "leave, chance: 10%}}")},
};

int main(void)
{
    return run_table("then", says, then_cases) +
           run_table("full levels", says, full_cases) +
           run_table("entry", says, entry_cases) +
           run_table("ways", says, way_cases);
}
