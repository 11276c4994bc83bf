/*
 * Ways between levels: circles that nobody leaves, and keys that mean nothing
 * where they stand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/check_impl.h"

/* ---- diverts ---- */

/* If all of them were full, nobody would know where to wait. Told once for each
 * circle, at its first level in order. */
void check_diverts(struct reading *reading)
{
    const struct level *levels = reading->scenario->level;

    for (uint32_t i = 0; i < reading->scenario->level_count; i++) {
        uint32_t at = levels[i].divert, steps = 0, least = i;

        while (at != NONE && at != i &&
               steps++ < reading->scenario->level_count) {
            least = at < least ? at : least;
            at = levels[at].divert;
        }
        if (at == i && least == i)
            reading_fault_key(
                reading,
                node_child(reading->names[NAMES_LEVEL].node[i], "when_full"),
                "let one of them wait",
                "diverting from here leads back here: where are people to "
                "wait?");
    }
}

/* ---- circles ---- */

/* Whether people leave the model from here as planned, given what is known of
 * the levels they go on to. */
static bool leads_out(const struct level *level, const bool *out)
{
    for (uint32_t i = 0; i < level_ways(level); i++) {
        bool taken = level->route_count == 0 || level->route[i].chance > 0.0;
        uint32_t to = level_way(level, i);

        if (taken && (to == NONE || out[to]))
            return true;
    }
    return false;
}

static void find_out(const struct scenario *scenario, bool *out)
{
    bool more = true;

    while (more) {
        more = false;
        for (uint32_t i = 0; i < scenario->level_count; i++) {
            if (!out[i] && leads_out(&scenario->level[i], out))
                out[i] = more = true;
        }
    }
}

/* Mark where people go on to from `level`. Returns whether any is new. */
static bool mark_ways(const struct level *level, bool *marked)
{
    bool more = false;

    for (uint32_t w = 0; w < level_ways(level); w++) {
        uint32_t to = level_way(level, w);

        if (to == NONE || marked[to])
            continue;
        marked[to] = more = true;
    }
    return more;
}

/* Mark what can be reached from `from` as planned. */
static void mark_from(const struct scenario *scenario, uint32_t from,
                      bool *marked)
{
    bool more;

    for (uint32_t i = 0; i < scenario->level_count; i++)
        marked[i] = false;
    more = mark_ways(&scenario->level[from], marked);
    while (more) {
        more = false;
        for (uint32_t i = 0; i < scenario->level_count; i++)
            more =
                (marked[i] && mark_ways(&scenario->level[i], marked)) || more;
    }
}

/* From where no way leads out people go round for good: told of each such
 * level that comes round to itself, but for those behind the first of a circle
 * in order. */
static void check_circles(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;
    uint32_t n = scenario->level_count;
    bool *out = arena_array(reading->tree.arena, n, sizeof *out);
    bool *marked = arena_array(reading->tree.arena, n, sizeof *marked);
    bool *told = arena_array(reading->tree.arena, n, sizeof *told);

    if (out == NULL || marked == NULL || told == NULL)
        return;
    find_out(scenario, out);
    for (uint32_t i = 0; i < n; i++) {
        if (out[i] || told[i])
            continue;
        mark_from(scenario, i, marked);
        if (!marked[i])
            continue;
        reading_warn(reading, reading->names[NAMES_LEVEL].node[i], NULL,
                     "following 'then' from here leads back here: nobody "
                     "leaves as planned");
        for (uint32_t k = 0; k < n; k++)
            told[k] = told[k] || marked[k];
    }
}

/* ---- what means nothing ---- */

/* Whether anybody ever waits for a place in the level. */
static bool is_waited_for(const struct level *level)
{
    return level->places != NONE || level_chooses(level);
}

static bool next_is_waited_for(const struct scenario *scenario,
                               const struct level *level)
{
    for (uint32_t i = 0; i < level_ways(level); i++) {
        uint32_t to = level_way(level, i);

        if (to != NONE && scenario->level[to].places != NONE)
            return true;
    }
    return false;
}

/* Whether a plan is left for this level: then something can overlap. */
static bool is_left_for(const struct scenario *scenario, uint32_t level)
{
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        if (i != level && scenario->level[i].plan != NONE)
            return true;
    }
    return false;
}

static void check_level(struct reading *reading, uint32_t i)
{
    const struct scenario *scenario = reading->scenario;
    const struct level *level = &scenario->level[i];
    const struct node *node = reading->names[NAMES_LEVEL].node[i];

    if (level->diverts && level->places == NONE)
        reading_warn(reading, node_child(node, "when_full"), NULL,
                     "means nothing: there is no limit of places");
    if (level->patience.asked && !is_waited_for(level))
        reading_warn(reading, node_child(node, "gives_up"), NULL,
                     "means nothing: nobody waits for a place here");
    if (level->when_next_full == NEXT_FULL_WAIT &&
        !next_is_waited_for(scenario, level))
        reading_warn(reading, node_child(node, "when_next_full"), NULL,
                     "means nothing: the next level is never full");
    if (level->accepts_no_alert && scenario->alert_count == 0)
        reading_warn(reading, node_child(node, "accepts_if"), NULL,
                     "means nothing: there are no alerts");
    if (level->handover.overlap > 0 && !is_left_for(scenario, i))
        reading_warn(reading,
                     node_child(node_child(node, "handover"), "overlap"), NULL,
                     "means nothing: no other level has a plan that could go "
                     "on");
}

void check_moves(struct reading *reading)
{
    check_circles(reading);
    for (uint32_t i = 0; i < reading->scenario->level_count; i++)
        check_level(reading, i);
}
