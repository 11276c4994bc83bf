-- One view for each measure of docs/measures.md, named after it. A row is one
-- thing that counts; "top" and "bottom" are what it adds to the numerator and
-- the denominator, and the other columns are its slices. So for a share
--     SELECT level, sum(top) / sum(bottom) FROM measure_contacts_missed GROUP BY level;
-- and for what is counted per week
--     SELECT sum(top) / (SELECT weeks FROM measured) FROM measure_referrals;
-- Rows with whole = 0 belong to a slice only, not to the total.
-- SPDX-License-Identifier: GPL-3.0-or-later

-- ---- what the measures are made from ----

CREATE VIEW measured AS SELECT from_ms, until_ms, end_ms,
    (until_ms - from_ms) / 3600000.0 AS hours,
    (until_ms - from_ms) / 604800000.0 AS weeks FROM period;

-- Stays, with what is known of their level and person.
CREATE VIEW stays_known AS SELECT s.*, p.cohort, l.rank, l.places, l.observed,
    l."plan", l.plan_days, l.first_contact_within_ms, t.rank AS went_to_rank,
    coalesce(s.left_ms, m.end_ms) AS last_ms,
    s.entered_ms >= m.from_ms AND s.entered_ms < m.until_ms AS measured
    FROM stays s JOIN people p USING (person) JOIN levels l USING (level)
    LEFT JOIN levels t ON t.level = s.went_to, measured m;

-- What is counted of a person at a moment in a stay: its slices.
CREATE VIEW stay_slices AS SELECT stay, person, level, cohort, entered_on,
    entered_ms FROM stays_known;

-- Moves from a level, with what is known of it and of the next one.
CREATE VIEW moves_known AS SELECT v.*, s.level, s.cohort, s.rank, s.entered_ms,
    t.rank AS went_to_rank FROM moves v LEFT JOIN stays_known s USING (stay)
    LEFT JOIN levels t ON t.level = v.went_to;

-- Contacts that fell due in the measured period. Only planned ones with the
-- person count in the total; all others count by kind.
CREATE VIEW contacts_counted AS SELECT
    c.contact, c.planned AND c.with_person AS whole, c.planned_kind AS kind,
    s.level, s.cohort, c.step, d.type AS day, d.week, s.entered_on,
    d.weekday || ' ' || substr(c.due, 12, 2) AS hour,
    CASE WHEN c.due_ms - s.entered_ms < 345600000 THEN '0-3 days'
         WHEN c.due_ms - s.entered_ms < 691200000 THEN '4-7 days'
         WHEN c.due_ms - s.entered_ms < 1296000000 THEN '8-14 days'
         ELSE '15+ days' END AS since_move,
    c.outcome, c.unwell, c.due_ms, c.met_ms, c.due_ms / 86400000 AS day_number
    FROM contacts c JOIN days d ON d.day = c.due_ms / 86400000
    JOIN stay_slices s USING (stay), measured m
    WHERE c.outcome NOT IN ('withdrawn', 'not due')
    AND c.due_ms >= m.from_ms AND c.due_ms < m.until_ms;
CREATE VIEW contacts_sliced AS SELECT whole, kind, outcome, unwell, due_ms,
    met_ms, iif(whole, level, NULL) AS level, iif(whole, cohort, NULL) AS cohort,
    iif(whole, step, NULL) AS step, iif(whole, day, NULL) AS day,
    iif(whole, week, NULL) AS week, iif(whole, hour, NULL) AS hour,
    iif(whole, entered_on, NULL) AS entered_on,
    iif(whole, since_move, NULL) AS since_move FROM contacts_counted;

-- Completed contacts with the person that count for them.
CREATE VIEW contacts_made AS SELECT contact, stay, ended_ms, planned,
    review, concern, outcome FROM contacts WHERE counts;

-- People who first entered a level with a plan in the measured period.
CREATE VIEW followed AS SELECT s.person, s.stay, s.level, s.cohort, s.entered_on,
    s.entered_ms, s.entered_seq FROM stays_known s
    WHERE s."plan" IS NOT NULL AND s.measured AND NOT EXISTS (
        SELECT 1 FROM stays_known e WHERE e.person = s.person
        AND e."plan" IS NOT NULL AND e.stay < s.stay)
    AND NOT EXISTS (
        SELECT 1 FROM people p WHERE p.person = s.person AND p.had_plan);

-- Moves to a higher rank, and leaving in a crisis.
CREATE VIEW reescalations AS
    SELECT person, at_ms, seq FROM moves_known WHERE went_to_rank > rank
    UNION ALL SELECT person, left_ms, left_seq FROM people
    WHERE left_because = 'crisis';
-- Crises, and moves to a rank above 0.
CREATE VIEW returns AS
    SELECT person, at_ms, seq FROM crises
    UNION ALL SELECT person, at_ms, seq FROM moves_known
    WHERE went_to_rank > 0;
CREATE VIEW planned_exits_known AS SELECT v.*, d.week FROM moves_known v
    JOIN days d ON d.day = v.at_ms / 86400000
    WHERE v.because = 'planned' AND v.rank > 0
    AND coalesce(v.went_to_rank, 0) = 0;

-- Spans of something in the measured period, cut at its weeks.
CREATE VIEW staff_cut AS SELECT t.worker, w.role, t.began_ms, t.ended_ms,
    w.ends_ms FROM staff_time t JOIN workers w USING (worker);
-- Demand: all who are needed for what fell due, from its due time on.
CREATE VIEW demands AS SELECT n.role, max(n.workers, 1 + c.pair) AS workers, c.due_ms AS began_ms,
    c.due_ms + c.staff_ms AS ended_ms FROM contacts c
    JOIN needs n ON n.kind = c.planned_kind
    WHERE c.outcome NOT IN ('withdrawn', 'not due');

-- Intervals on which the number of people in a level does not change.
CREATE VIEW occupancy_changes AS SELECT level, at_ms, sum(change) AS change FROM (
    SELECT level, entered_ms AS at_ms, 1 AS change FROM stays
    UNION ALL SELECT level, left_ms, -1 FROM stays WHERE left_ms IS NOT NULL
    UNION ALL SELECT level, 0, 0 FROM levels
    UNION ALL SELECT level, end_ms, 0 FROM levels, measured)
    GROUP BY level, at_ms;
CREATE VIEW occupancy_spans AS SELECT level, people,
    max(at_ms, from_ms) AS began_ms, min(until, until_ms) AS ended_ms,
    (min(until, until_ms) - max(at_ms, from_ms)) / 3600000.0 AS hours FROM (
    SELECT level, at_ms,
        sum(change) OVER (PARTITION BY level ORDER BY at_ms) AS people,
        lead(at_ms) OVER (PARTITION BY level ORDER BY at_ms) AS until
    FROM occupancy_changes), measured
    WHERE until IS NOT NULL AND min(until, until_ms) > max(at_ms, from_ms);

-- ---- people coming and going ----

CREATE VIEW measure_referrals AS SELECT p.cohort, d.week, 1 AS top FROM people p
    JOIN days d ON d.day = p.referred_ms / 86400000, measured m
    WHERE p.referred_ms >= m.from_ms AND p.referred_ms < m.until_ms;
CREATE VIEW measure_planned_exits AS SELECT e.level, e.cohort, e.week, 1 AS top
    FROM planned_exits_known e, measured m
    WHERE e.at_ms >= m.from_ms AND e.at_ms < m.until_ms;
CREATE VIEW measure_timed_out AS SELECT v.level, p.cohort, 1 AS top
    FROM moves_known v JOIN people p USING (person), measured m
    WHERE v.because = 'timed out'
    AND v.at_ms >= m.from_ms AND v.at_ms < m.until_ms;
CREATE VIEW measure_disengaged AS SELECT s.level, s.cohort, 1 AS top FROM plan_events e
    JOIN stay_slices s USING (stay), measured m WHERE e.what = 'disengaged'
    AND e.at_ms >= m.from_ms AND e.at_ms < m.until_ms;
CREATE VIEW measure_left AS SELECT s.level, p.cohort, 1 AS top FROM people p
    LEFT JOIN stays s ON s.person = p.person AND s.left_seq = p.left_seq,
    measured m WHERE p.left_ms >= m.from_ms AND p.left_ms < m.until_ms;

-- ---- places ----

CREATE VIEW waits_counted AS SELECT a.level, p.cohort,
    a.ended_ms - a.asked_ms AS waited_ms FROM asks a JOIN people p USING (person),
    measured m WHERE a.asked_ms >= m.from_ms AND a.asked_ms < m.until_ms;
CREATE VIEW measure_wait_days AS SELECT level, cohort,
    waited_ms / 86400000.0 AS top, 1 AS bottom FROM waits_counted;
CREATE VIEW measure_waited AS SELECT level, cohort, waited_ms > 0 AS top,
    1 AS bottom FROM waits_counted;
CREATE VIEW measure_waiting AS SELECT w.level, p.cohort,
    (min(coalesce(w.ended_ms, m.end_ms), m.until_ms)
        - max(w.began_ms, m.from_ms)) / 3600000.0 AS top
    FROM waits w JOIN people p USING (person), measured m
    WHERE w.began_ms < m.until_ms AND coalesce(w.ended_ms, m.end_ms) > m.from_ms;
CREATE VIEW place_events_counted AS SELECT e.what, e.level, p.cohort, 1 AS top
    FROM place_events e JOIN people p USING (person), measured m
    WHERE e.at_ms >= m.from_ms AND e.at_ms < m.until_ms;
CREATE VIEW measure_gave_up AS SELECT * FROM place_events_counted
    WHERE what = 'gave up';
CREATE VIEW measure_diverted AS SELECT * FROM place_events_counted
    WHERE what = 'diverted';
CREATE VIEW measure_swaps AS SELECT * FROM place_events_counted
    WHERE what = 'swap';
CREATE VIEW measure_full AS SELECT o.level, o.hours AS top FROM occupancy_spans o
    JOIN levels l USING (level) WHERE o.people >= l.places;
CREATE VIEW measure_delayed AS SELECT s.level, s.cohort, h.cause,
    (min(h.ended_ms, m.until_ms) - max(h.began_ms, m.from_ms)) / 3600000.0 AS top
    FROM held h JOIN stay_slices s USING (stay), measured m
    WHERE h.began_ms < m.until_ms AND h.ended_ms > m.from_ms;
CREATE VIEW measure_delayed_days AS SELECT * FROM measure_delayed;
CREATE VIEW measure_occupancy AS
    SELECT 1 AS whole, level, NULL AS cohort, people * hours AS top
    FROM occupancy_spans
    UNION ALL SELECT 0, NULL, s.cohort, (min(s.last_ms, m.until_ms)
        - max(s.entered_ms, m.from_ms)) / 3600000.0 FROM stays_known s, measured m
    WHERE s.entered_ms < m.until_ms AND s.last_ms > m.from_ms;
CREATE VIEW measure_occupancy_p95 AS SELECT level, min(low) AS top FROM (
    SELECT level, low, sum(hours) OVER (PARTITION BY level ORDER BY low)
        AS so_far, sum(hours) OVER (PARTITION BY level) AS total
    FROM (SELECT o.level, max(b.low) AS low, o.hours FROM occupancy_spans o
        JOIN bins b ON b.low <= o.people GROUP BY o.level, o.began_ms))
    WHERE so_far >= 0.95 * total GROUP BY level;
CREATE VIEW measure_occupancy_max AS SELECT level, max(people) AS top
    FROM occupancy_spans GROUP BY level;
CREATE VIEW measure_stay_days AS SELECT level, cohort, entered_on,
    (left_ms - entered_ms) / 86400000.0 AS top, 1 AS bottom FROM stays_known
    WHERE measured AND left_ms IS NOT NULL;
CREATE VIEW measure_days_beyond_plan AS SELECT level, cohort,
    max(0, (left_ms - entered_ms) / 86400000.0 - plan_days) AS top, 1 AS bottom
    FROM stays_known
    WHERE measured AND left_ms IS NOT NULL AND "plan" IS NOT NULL;

-- ---- contacts ----

CREATE VIEW measure_contacts_due AS SELECT *, 1 AS top FROM contacts_sliced;
CREATE VIEW measure_contacts_completed AS SELECT *, outcome = 'completed' AS top
    FROM contacts_sliced;
CREATE VIEW measure_contacts_cancelled AS SELECT *, outcome = 'cancelled' AS top
    FROM contacts_sliced;
CREATE VIEW measure_contacts_missed AS SELECT *,
    outcome IN ('not delivered', 'not attended') AS top, 1 AS bottom
    FROM contacts_sliced;
CREATE VIEW measure_contacts_not_delivered AS SELECT *, outcome = 'not delivered' AS top,
    1 AS bottom FROM contacts_sliced;
CREATE VIEW measure_contacts_not_attended AS SELECT *, outcome = 'not attended' AS top,
    1 AS bottom FROM contacts_sliced;
CREATE VIEW measure_contacts_downgraded AS SELECT *, outcome = 'downgraded' AS top,
    1 AS bottom FROM contacts_sliced;
CREATE VIEW measure_missed_while_unwell AS SELECT *, unwell AS top, 1 AS bottom
    FROM contacts_sliced;
CREATE VIEW measure_plan_delivered AS SELECT s.level, s.cohort, s.entered_on,
    min(s.intended, (SELECT count(*) FROM contacts_made c WHERE c.stay = s.stay
        AND c.planned AND NOT c.review AND c.concern IS NULL
        AND c.outcome = 'completed')) AS top,
    s.intended AS bottom FROM stays_known s
    WHERE s.measured AND s.left_ms IS NOT NULL AND s."plan" IS NOT NULL;
CREATE VIEW measure_days_all_delivered AS SELECT day,
    sum(outcome IN ('not delivered', 'downgraded')) = 0 AS top, 1 AS bottom
    FROM contacts_counted WHERE whole GROUP BY day_number;
-- A weekend is a Saturday and the Sunday after it, both or the Sunday measured.
CREATE VIEW measure_weekends_all_delivered AS SELECT
    sum(c.outcome IN ('not delivered', 'downgraded')) = 0 AS top, 1 AS bottom
    FROM contacts_counted c JOIN days d ON d.day = c.day_number, measured m
    WHERE c.whole AND d.weekday IN ('sat', 'sun')
    AND d.day + (d.weekday = 'sat') <= (m.until_ms - 1) / 86400000
    GROUP BY d.day + (d.weekday = 'sat');
CREATE VIEW measure_start_delay_minutes AS SELECT level, kind, day, step,
    (met_ms - due_ms) / 60000.0 AS top, 1 AS bottom FROM contacts_sliced
    WHERE whole AND met_ms IS NOT NULL;
CREATE VIEW measure_start_delay_minutes_p95 AS SELECT min(low) AS top FROM (
    SELECT low, sum(n) OVER (ORDER BY low) AS so_far, sum(n) OVER () AS total
    FROM (SELECT (SELECT max(low) FROM bins b WHERE b.low <= d.top) AS low,
        count(*) AS n FROM measure_start_delay_minutes d GROUP BY 1))
    WHERE so_far >= 0.95 * total;
CREATE VIEW measure_first_contact_in_time AS SELECT level, cohort, entered_on,
    first_ms IS NOT NULL AND first_ms <= limit_ms AS top, 1 AS bottom FROM (
    SELECT s.level, s.cohort, s.entered_on, s.last_ms,
        s.entered_ms + s.first_contact_within_ms AS limit_ms,
        (SELECT min(c.ended_ms) FROM contacts_made c WHERE c.stay = s.stay)
            AS first_ms
    FROM stays_known s WHERE s.measured AND s.first_contact_within_ms IS NOT NULL)
    WHERE first_ms IS NOT NULL OR last_ms > limit_ms;
CREATE VIEW gaps AS SELECT s.stay, (SELECT max(gap) FROM (
        SELECT at_ms - lag(at_ms, 1, s.entered_ms) OVER (ORDER BY at_ms) AS gap
        FROM (SELECT ended_ms AS at_ms FROM contacts_made c WHERE c.stay = s.stay
            UNION ALL SELECT s.left_ms))) / 86400000.0 AS days
    FROM stays_known s
    WHERE s.measured AND s.left_ms IS NOT NULL AND s."plan" IS NOT NULL;
CREATE VIEW measure_longest_gap_days AS SELECT s.level, s.cohort, s.entered_on,
    g.days AS top, 1 AS bottom FROM gaps g JOIN stay_slices s USING (stay);
CREATE VIEW measure_longest_gap_days_p95 AS SELECT min(low) AS top FROM (
    SELECT low, sum(n) OVER (ORDER BY low) AS so_far, sum(n) OVER () AS total
    FROM (SELECT (SELECT max(low) FROM bins b WHERE b.low <= g.days) AS low,
        count(*) AS n FROM gaps g GROUP BY 1))
    WHERE so_far >= 0.95 * total;

-- ---- noticing and responding ----

-- Hours unwell in levels with planned contacts, less those with an alert.
CREATE VIEW plan_stays AS SELECT s.stay, s.person, s.level, s.cohort, s.observed,
    max(s.entered_ms, m.from_ms) AS began_ms, min(s.last_ms, m.until_ms) AS ended_ms
    FROM stays_known s, measured m
    WHERE s."plan" IS NOT NULL AND s.entered_ms < m.until_ms AND s.last_ms > m.from_ms;
CREATE VIEW unwell_spans AS SELECT p.stay, p.person, p.level, p.cohort,
    max(p.began_ms, t.began_ms) AS began_ms,
    min(p.ended_ms, coalesce(t.ended_ms, p.ended_ms)) AS ended_ms
    FROM plan_stays p JOIN states t ON t.person = p.person AND t.unwell
    AND t.began_ms < p.ended_ms AND coalesce(t.ended_ms, p.ended_ms) > p.began_ms
    WHERE NOT p.observed;
CREATE VIEW measure_unseen_hours AS
    SELECT level, cohort, 0.0 AS top, (ended_ms - began_ms) / 3600000.0 AS bottom
    FROM plan_stays
    UNION ALL SELECT level, cohort, (ended_ms - began_ms) / 3600000.0, 0
    FROM unwell_spans
    UNION ALL SELECT u.level, u.cohort, -(min(u.ended_ms,
        coalesce(a.ended_ms, u.ended_ms)) - max(u.began_ms, a.began_ms)) / 3600000.0, 0
    FROM unwell_spans u JOIN alerts a ON a.person = u.person
    AND a.began_ms < u.ended_ms AND coalesce(a.ended_ms, u.ended_ms) > u.began_ms;
CREATE VIEW episodes_counted AS SELECT s.level, s.cohort,
    e.seen_ms - e.began_ms AS after_ms FROM episodes e
    JOIN stay_slices s USING (stay), measured m
    WHERE e.began_ms >= m.from_ms AND e.began_ms < m.until_ms;
CREATE VIEW measure_seen_within_24_hours AS SELECT level, cohort,
    coalesce(after_ms <= 86400000, 0) AS top, 1 AS bottom FROM episodes_counted;
CREATE VIEW measure_seen_within_72_hours AS SELECT level, cohort,
    coalesce(after_ms <= 259200000, 0) AS top, 1 AS bottom FROM episodes_counted;
CREATE VIEW measure_seen_ever AS SELECT level, cohort, after_ms IS NOT NULL AS top,
    1 AS bottom FROM episodes_counted;
CREATE VIEW alerts_counted AS SELECT a.alert, s.level, s.cohort, a.early
    FROM alerts a JOIN stay_slices s USING (stay), measured m
    WHERE a.raised AND a.began_ms >= m.from_ms AND a.began_ms < m.until_ms;
CREATE VIEW measure_alerts AS SELECT alert, level, cohort, 1 AS top
    FROM alerts_counted;
CREATE VIEW measure_false_alerts AS SELECT alert, level, early AS top, 1 AS bottom
    FROM alerts_counted;
CREATE VIEW measure_responses AS SELECT r."trigger", s.level, 1 AS top
    FROM responses r LEFT JOIN stay_slices s USING (stay), measured m
    WHERE r.began_ms >= m.from_ms AND r.began_ms < m.until_ms;
CREATE VIEW measure_response_breaches AS SELECT c."trigger", s.level, c.breached AS top,
    1 AS bottom FROM contacts c JOIN stay_slices s USING (stay), measured m
    WHERE c.deadline_ms IS NOT NULL AND (c.breached OR c.started_ms IS NOT NULL)
    AND c.due_ms >= m.from_ms AND c.due_ms < m.until_ms;
CREATE VIEW measure_concerns AS SELECT c.concern, s.level, p.cohort,
    s.entered_on, 1 AS top FROM concerns c JOIN people p USING (person)
    LEFT JOIN stay_slices s USING (stay), measured m
    WHERE c.began_ms >= m.from_ms AND c.began_ms < m.until_ms;
CREATE VIEW measure_concern_open_hours AS SELECT c.concern, s.level, p.cohort,
    s.entered_on, (coalesce(c.ended_ms, m.end_ms) - c.began_ms) / 3600000.0 AS top,
    1 AS bottom FROM concerns c JOIN people p USING (person)
    LEFT JOIN stay_slices s USING (stay), measured m
    WHERE c.began_ms >= m.from_ms AND c.began_ms < m.until_ms;
CREATE VIEW measure_unowned_hours AS SELECT level, entered_on,
    (coalesce(owned_ms, last_ms) - entered_ms) / 3600000.0 AS top, 1 AS bottom
    FROM stays_known WHERE handover AND measured;

-- ---- staff and money ----

CREATE VIEW measure_hours_demanded AS SELECT d.role, w.week, d.workers *
    (min(d.ended_ms, w.until_ms) - max(d.began_ms, w.from_ms)) / 3600000.0 AS top
    FROM demands d JOIN weeks w
    ON d.began_ms < w.until_ms AND d.ended_ms > w.from_ms;
CREATE VIEW measure_hours_delivered AS SELECT t.role, w.week,
    (min(t.ended_ms, w.until_ms) - max(t.began_ms, w.from_ms)) / 3600000.0 AS top
    FROM staff_cut t JOIN weeks w
    ON t.began_ms < w.until_ms AND t.ended_ms > w.from_ms;
CREATE VIEW measure_hours_rostered AS SELECT p.role, w.week, p.status,
    (min(p.ends_ms, w.until_ms) - max(p.starts_ms, w.from_ms)) / 3600000.0 AS top
    FROM workers p JOIN weeks w
    ON p.starts_ms < w.until_ms AND p.ends_ms > w.from_ms;
CREATE VIEW measure_hours_present AS SELECT role, week, top FROM measure_hours_rostered
    WHERE status <> 'absent';
CREATE VIEW measure_team_hours AS SELECT w.role,
    (min(t.ended_ms, m.until_ms) - max(t.began_ms, m.from_ms)) / 3600000.0 AS top
    FROM team_time t JOIN workers w USING (worker), measured m
    WHERE t.began_ms < m.until_ms AND t.ended_ms > m.from_ms;
CREATE VIEW measure_team_time_had AS SELECT w.role,
    coalesce(t.ended_ms - t.began_ms, 0) / 3600000.0 AS top,
    t.lasts_ms / 3600000.0 AS bottom
    FROM team_time t JOIN workers w USING (worker), measured m
    WHERE t.due_ms >= m.from_ms AND t.due_ms < m.until_ms;
CREATE VIEW measure_establishment AS SELECT h.role, h.top / r.hours_of_post AS top
    FROM measure_hours_rostered h JOIN roles r USING (role)
    WHERE r.hours_of_post IS NOT NULL;
CREATE VIEW measure_overtime_hours AS SELECT t.role,
    (min(t.ended_ms, m.until_ms) - max(t.began_ms, t.ends_ms, m.from_ms))
        / 3600000.0 AS top FROM staff_cut t, measured m
    WHERE min(t.ended_ms, m.until_ms) > max(t.began_ms, t.ends_ms, m.from_ms);
CREATE VIEW measure_utilisation AS
    SELECT role, top, 0.0 AS bottom FROM measure_hours_delivered
    UNION ALL SELECT role, 0.0, top FROM measure_hours_present;
CREATE VIEW measure_call_outs AS SELECT r.role, 1 AS top FROM staff_time t
    JOIN workers w USING (worker) JOIN roles r USING (role), measured m
    WHERE t.contact IS NOT NULL AND t.position = 1 AND r.on_call
    AND t.began_ms >= m.from_ms AND t.began_ms < m.until_ms;
CREATE VIEW measure_cost_per_week AS SELECT role, amount AS top FROM costs;
CREATE VIEW measure_cost_per_person AS SELECT amount AS top, 0 AS bottom FROM costs
    UNION ALL SELECT 0.0, 1 FROM measure_referrals;
CREATE VIEW measure_cost_per_planned_exit AS SELECT amount AS top, 0 AS bottom FROM costs
    UNION ALL SELECT 0.0, 1 FROM measure_planned_exits;

-- ---- getting worse, and going back ----

CREATE VIEW measure_step_ups AS SELECT v.level, v.cohort,
    CASE WHEN v.at_ms - v.entered_ms < 345600000 THEN '0-3 days'
         WHEN v.at_ms - v.entered_ms < 691200000 THEN '4-7 days'
         WHEN v.at_ms - v.entered_ms < 1296000000 THEN '8-14 days'
         ELSE '15+ days' END AS since_move, 1 AS top
    FROM moves_known v, measured m WHERE v.went_to_rank > v.rank
    AND v.at_ms >= m.from_ms AND v.at_ms < m.until_ms;
CREATE VIEW plan_events_counted AS SELECT e.what, s.level, e.step, 1 AS top
    FROM plan_events e JOIN stay_slices s USING (stay), measured m
    WHERE e.at_ms >= m.from_ms AND e.at_ms < m.until_ms;
CREATE VIEW measure_step_backs AS SELECT * FROM plan_events_counted
    WHERE what = 'stepped back';
CREATE VIEW measure_repeats AS SELECT * FROM plan_events_counted WHERE what = 'repeated';
CREATE VIEW measure_restarts AS SELECT * FROM plan_events_counted WHERE what = 'restarted';
CREATE VIEW measure_crises AS SELECT s.level, p.cohort, d.type AS day, d.week,
    CASE WHEN s.stay IS NULL THEN NULL
         WHEN c.at_ms - s.entered_ms < 345600000 THEN '0-3 days'
         WHEN c.at_ms - s.entered_ms < 691200000 THEN '4-7 days'
         WHEN c.at_ms - s.entered_ms < 1296000000 THEN '8-14 days'
         ELSE '15+ days' END AS since_move, c.outcome, 1 AS top
    FROM crises c JOIN people p USING (person)
    JOIN days d ON d.day = c.at_ms / 86400000
    LEFT JOIN stay_slices s ON s.stay = c.stay, measured m
    WHERE c.at_ms >= m.from_ms AND c.at_ms < m.until_ms;
CREATE VIEW measure_outcomes AS SELECT o.outcome, 1 AS top FROM outcomes o,
    measured m WHERE o.at_ms >= m.from_ms AND o.at_ms < m.until_ms;
CREATE VIEW followed_far AS SELECT f.level, f.cohort, f.entered_on,
    m.end_ms - f.entered_ms AS for_ms,
    (SELECT min(c.at_ms) FROM crises c WHERE c.person = f.person
        AND c.seq > f.entered_seq) - f.entered_ms AS crisis_ms,
    (SELECT min(r.at_ms) FROM reescalations r WHERE r.person = f.person
        AND r.seq > f.entered_seq) - f.entered_ms AS reescalation_ms
    FROM followed f, measured m;
CREATE VIEW measure_crisis_within_30_days AS SELECT level, cohort, entered_on,
    coalesce(crisis_ms < 2592000000, 0) AS top, 1 AS bottom FROM followed_far
    WHERE for_ms >= 2592000000;
CREATE VIEW measure_crisis_within_60_days AS SELECT level, cohort, entered_on,
    coalesce(crisis_ms < 5184000000, 0) AS top, 1 AS bottom FROM followed_far
    WHERE for_ms >= 5184000000;
CREATE VIEW measure_crisis_within_90_days AS SELECT level, cohort, entered_on,
    coalesce(crisis_ms < 7776000000, 0) AS top, 1 AS bottom FROM followed_far
    WHERE for_ms >= 7776000000;
CREATE VIEW measure_reescalation_within_30_days AS SELECT level, cohort, entered_on,
    coalesce(reescalation_ms < 2592000000, 0) AS top, 1 AS bottom
    FROM followed_far WHERE for_ms >= 2592000000;
CREATE VIEW measure_reescalation_within_60_days AS SELECT level, cohort, entered_on,
    coalesce(reescalation_ms < 5184000000, 0) AS top, 1 AS bottom
    FROM followed_far WHERE for_ms >= 5184000000;
CREATE VIEW measure_reescalation_within_90_days AS SELECT level, cohort, entered_on,
    coalesce(reescalation_ms < 7776000000, 0) AS top, 1 AS bottom
    FROM followed_far WHERE for_ms >= 7776000000;
CREATE VIEW exits_far AS SELECT e.cohort, m.end_ms - e.at_ms AS for_ms,
    (SELECT min(r.at_ms) FROM returns r WHERE r.person = e.person
        AND r.seq > e.seq) - e.at_ms AS return_ms
    FROM planned_exits_known e, measured m
    WHERE e.at_ms >= m.from_ms AND e.at_ms < m.until_ms;
CREATE VIEW measure_recontact_within_30_days AS SELECT cohort,
    coalesce(return_ms < 2592000000, 0) AS top, 1 AS bottom FROM exits_far
    WHERE for_ms >= 2592000000;
CREATE VIEW measure_recontact_within_60_days AS SELECT cohort,
    coalesce(return_ms < 5184000000, 0) AS top, 1 AS bottom FROM exits_far
    WHERE for_ms >= 5184000000;
CREATE VIEW measure_recontact_within_90_days AS SELECT cohort,
    coalesce(return_ms < 7776000000, 0) AS top, 1 AS bottom FROM exits_far
    WHERE for_ms >= 7776000000;
