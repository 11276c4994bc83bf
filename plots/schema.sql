-- The event log of one simulated run: its tables. docs/log.md explains them.
-- Everybody and everything in it is simulated.
-- A moment stands twice: as civil time (YYYY-MM-DD HH:MM:SS.mmm), and exactly,
-- in whole milliseconds since 00:00 of the first day, in the column whose name
-- ends in _ms. Empty: it did not happen.
-- SPDX-License-Identifier: GPL-3.0-or-later
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE period (
    starts TEXT NOT NULL, measured_from TEXT NOT NULL, from_ms INTEGER NOT NULL,
    measured_until TEXT NOT NULL, until_ms INTEGER NOT NULL,
    ends TEXT NOT NULL, end_ms INTEGER NOT NULL);
CREATE TABLE weeks (
    week TEXT PRIMARY KEY, from_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL);
CREATE TABLE days (
    day INTEGER PRIMARY KEY, date TEXT NOT NULL, weekday TEXT NOT NULL,
    type TEXT NOT NULL, week TEXT REFERENCES weeks);
CREATE TABLE bins (bin INTEGER PRIMARY KEY, low REAL NOT NULL);
CREATE TABLE levels (
    level TEXT PRIMARY KEY, rank INTEGER NOT NULL, places INTEGER,
    observed INTEGER NOT NULL, "plan" TEXT, plan_days INTEGER,
    first_contact_within_ms INTEGER);
CREATE TABLE kinds (
    kind TEXT PRIMARY KEY, without_person INTEGER NOT NULL);
CREATE TABLE roles (
    role TEXT PRIMARY KEY, on_call INTEGER NOT NULL, hours_of_post REAL);
CREATE TABLE needs (
    kind TEXT NOT NULL REFERENCES kinds, role TEXT NOT NULL REFERENCES roles,
    workers INTEGER NOT NULL);
CREATE TABLE people (
    person INTEGER PRIMARY KEY, cohort TEXT NOT NULL, state TEXT,
    had_plan INTEGER NOT NULL, referred TEXT NOT NULL, referred_ms INTEGER NOT NULL,
    "left" TEXT, left_ms INTEGER, left_because TEXT, left_seq INTEGER);
CREATE TABLE stays (
    stay INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES people,
    level TEXT NOT NULL REFERENCES levels,
    entered TEXT NOT NULL, entered_ms INTEGER NOT NULL, entered_on TEXT NOT NULL,
    entered_because TEXT NOT NULL, entered_seq INTEGER NOT NULL,
    "left" TEXT, left_ms INTEGER, left_because TEXT, left_seq INTEGER,
    went_to TEXT REFERENCES levels, intended INTEGER,
    handover INTEGER NOT NULL, owned TEXT, owned_ms INTEGER);
CREATE TABLE waits (
    person INTEGER NOT NULL REFERENCES people, stay INTEGER REFERENCES stays,
    level TEXT NOT NULL REFERENCES levels, because TEXT NOT NULL,
    began TEXT NOT NULL, began_ms INTEGER NOT NULL,
    ended TEXT, ended_ms INTEGER, granted INTEGER NOT NULL);
CREATE TABLE asks (
    person INTEGER NOT NULL REFERENCES people,
    level TEXT NOT NULL REFERENCES levels,
    asked TEXT NOT NULL, asked_ms INTEGER NOT NULL,
    ended TEXT NOT NULL, ended_ms INTEGER NOT NULL);
CREATE TABLE moves (
    person INTEGER NOT NULL REFERENCES people, stay INTEGER REFERENCES stays,
    went_to TEXT REFERENCES levels, because TEXT NOT NULL,
    "at" TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL);
CREATE TABLE place_events (
    person INTEGER NOT NULL REFERENCES people,
    level TEXT NOT NULL REFERENCES levels, what TEXT NOT NULL,
    "at" TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE TABLE held (
    person INTEGER NOT NULL REFERENCES people, stay INTEGER REFERENCES stays,
    cause TEXT NOT NULL,
    began TEXT NOT NULL, began_ms INTEGER NOT NULL,
    ended TEXT NOT NULL, ended_ms INTEGER NOT NULL);
CREATE TABLE plan_events (
    person INTEGER NOT NULL REFERENCES people, stay INTEGER REFERENCES stays,
    what TEXT NOT NULL, step TEXT,
    "at" TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL);
CREATE TABLE states (
    person INTEGER NOT NULL REFERENCES people, state TEXT NOT NULL,
    unwell INTEGER NOT NULL, began TEXT NOT NULL, began_ms INTEGER NOT NULL,
    ended TEXT, ended_ms INTEGER);
CREATE TABLE crises (
    person INTEGER NOT NULL REFERENCES people, stay INTEGER REFERENCES stays,
    state_after TEXT, outcome TEXT,
    "at" TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL);
CREATE TABLE outcomes (
    person INTEGER NOT NULL REFERENCES people, stay INTEGER REFERENCES stays,
    outcome TEXT NOT NULL, "at" TEXT NOT NULL, at_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL);
CREATE TABLE episodes (
    person INTEGER NOT NULL REFERENCES people, stay INTEGER REFERENCES stays,
    began TEXT NOT NULL, began_ms INTEGER NOT NULL,
    seen TEXT, seen_ms INTEGER, ended TEXT, ended_ms INTEGER);
CREATE TABLE alerts (
    person INTEGER NOT NULL REFERENCES people, stay INTEGER REFERENCES stays,
    alert TEXT NOT NULL, raised INTEGER NOT NULL, early INTEGER NOT NULL,
    state TEXT, began TEXT NOT NULL, began_ms INTEGER NOT NULL,
    ended TEXT, ended_ms INTEGER, closed INTEGER NOT NULL);
CREATE TABLE responses (
    response INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES people,
    stay INTEGER REFERENCES stays, "trigger" TEXT NOT NULL,
    began TEXT NOT NULL, began_ms INTEGER NOT NULL, ended TEXT, ended_ms INTEGER);
CREATE TABLE actions (
    person INTEGER NOT NULL REFERENCES people,
    response INTEGER REFERENCES responses, action TEXT NOT NULL,
    began TEXT NOT NULL, began_ms INTEGER NOT NULL);
CREATE TABLE concerns (
    person INTEGER NOT NULL REFERENCES people, stay INTEGER REFERENCES stays,
    concern TEXT NOT NULL, began TEXT NOT NULL, began_ms INTEGER NOT NULL,
    noticed TEXT, noticed_ms INTEGER, known TEXT, known_ms INTEGER,
    ended TEXT, ended_ms INTEGER, ended_because TEXT);
CREATE TABLE workers (
    worker INTEGER PRIMARY KEY, shift TEXT NOT NULL,
    role TEXT NOT NULL REFERENCES roles, place INTEGER NOT NULL,
    status TEXT NOT NULL, stays_in INTEGER NOT NULL, starts TEXT NOT NULL, starts_ms INTEGER NOT NULL,
    ends TEXT NOT NULL, ends_ms INTEGER NOT NULL);
CREATE TABLE contacts (
    contact INTEGER PRIMARY KEY, person INTEGER REFERENCES people,
    stay INTEGER REFERENCES stays, step TEXT,
    kind TEXT NOT NULL REFERENCES kinds,
    planned_kind TEXT NOT NULL REFERENCES kinds,
    planned INTEGER NOT NULL, with_person INTEGER NOT NULL,
    handover INTEGER NOT NULL, "trigger" TEXT, action TEXT,
    concern TEXT,
    due TEXT NOT NULL, due_ms INTEGER NOT NULL, until TEXT, until_ms INTEGER,
    deadline TEXT, deadline_ms INTEGER, breached INTEGER NOT NULL,
    started TEXT, started_ms INTEGER, met TEXT, met_ms INTEGER,
    ended TEXT, ended_ms INTEGER, "over" TEXT NOT NULL, over_ms INTEGER NOT NULL,
    outcome TEXT NOT NULL, unwell INTEGER NOT NULL, counts INTEGER NOT NULL,
    downgraded INTEGER NOT NULL, pair INTEGER NOT NULL,
    review INTEGER NOT NULL, staff_ms INTEGER NOT NULL);
CREATE TABLE signs_noted (
    contact INTEGER NOT NULL REFERENCES contacts, sign TEXT NOT NULL,
    weight INTEGER NOT NULL, "at" TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE TABLE staff_time (
    worker INTEGER NOT NULL REFERENCES workers,
    contact INTEGER REFERENCES contacts, position INTEGER NOT NULL,
    began TEXT NOT NULL, began_ms INTEGER NOT NULL,
    ended TEXT NOT NULL, ended_ms INTEGER NOT NULL);
CREATE TABLE team_time (
    worker INTEGER NOT NULL REFERENCES workers, what TEXT NOT NULL,
    due TEXT NOT NULL, due_ms INTEGER NOT NULL, lasts_ms INTEGER NOT NULL,
    began TEXT, began_ms INTEGER, ended TEXT, ended_ms INTEGER);
CREATE TABLE costs (
    role TEXT NOT NULL REFERENCES roles, amount REAL NOT NULL,
    "at" TEXT NOT NULL, at_ms INTEGER NOT NULL);
-- For joins.
CREATE INDEX stays_of ON stays (person);
CREATE INDEX states_of ON states (person);
CREATE INDEX alerts_of ON alerts (person);
CREATE INDEX crises_of ON crises (person);
CREATE INDEX contacts_of ON contacts (stay);
