/*
 * The search for the cheapest design that seems to meet every target.
 *
 * A rival is a design that is neither shown to fail nor shown to be at most
 * `delta` cheaper than the leader, the cheapest that seems to meet. The search
 * ends when there are no rivals. Each turn the first few of them, in the order
 * of what they cost at least, get replications up to their next look.
 *
 * Errors. The first look takes a quarter of an error, each of the next 23 an
 * equal part of the rest; these add to 1, so the whole sequence of looks keeps
 * it (alpha spending, Lan and DeMets 1983, in its plainest form). A quarter at
 * first, because most designs are far off and fall at once; equal parts then,
 * because it is the late looks that cost.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "studies/size_impl.h"

/* To seem to meet takes each target at this error, halved with every try to
 * confirm that failed. No promise hangs on it: it is when trying pays. */
#define SEEMS_LEVEL 0.05
/* Of fresh replications, more than the search says are needed, as its spread
 * and mean are estimates; and with every try that failed half as many again. */
#define NEEDED_FACTOR 1.25
#define NEEDED_GROWTH 1.5
/* Fresh replications that one try may take; where more are needed the search
 * goes on until fewer are, or it is clear that the design fails. */
#define CONFIRM_MOST 20000u
/* Of the designs left out so many are simulated: where none of 60 is wrong,
 * fewer than 5 in 100 are (0.95^60 = 0.046). */
#define AUDITS_MOST 60u

uint32_t size_look_count(uint32_t look)
{
    uint32_t count = SIZE_FIRST_LOOK;

    while (look-- > 1)
        count += count / 2;
    return count;
}

/* The part of `error` that look `look` may use up. Look 24 is at 90,000
 * replications; there are none behind it. */
#define LOOKS 24
#define FIRST_PART 0.25
static double look_level(double error, uint32_t look)
{
    if (look == 1)
        return FIRST_PART * error;
    return look <= LOOKS ? (1 - FIRST_PART) / (LOOKS - 1) * error : 0;
}

/* ---- judging ---- */

/* The error of one target of one design at a look. */
static double fail_level(const struct size *size, uint32_t look)
{
    double share = size->question->limit_count;

    if (size->pruning)
        share *= size->design_count;
    return look_level(SIZE_ERROR_FAIL / share, look);
}

/* By which target a design is shown to fail: of several, that which it misses
 * by most; SIZE_NONE where by none. */
static uint32_t failed_limit(const struct size *size, uint32_t d)
{
    const struct size_question *question = size->question;
    double level = fail_level(size, size->design[d].look);
    double worst = -INFINITY;
    uint32_t failed = SIZE_NONE;

    for (uint32_t t = 0; t < question->limit_count; t++) {
        struct size_column column = size_column(size, d, 1 + t);
        double excess = size_rule_excess(&question->limit[t], &column);

        if (excess > worst &&
            size_rule_fails(&question->limit[t], &column, level)) {
            worst = excess;
            failed = t;
        }
    }
    return failed;
}

static bool seems_to_meet(const struct size *size, uint32_t d)
{
    const struct size_question *question = size->question;
    double level = ldexp(SEEMS_LEVEL, -(int)size->tries);

    for (uint32_t t = 0; t < question->limit_count; t++) {
        struct size_column column = size_column(size, d, 1 + t);

        if (!size_rule_meets(&question->limit[t], &column, level))
            return false;
    }
    return true;
}

/* Whether `d` has no more of anything than `of`. */
static bool has_no_more(const struct size_question *question, uint32_t d,
                        uint32_t of)
{
    for (uint32_t r = 0; r < question->range_count; r++)
        if (size_place(question, d, r) > size_place(question, of, r))
            return false;
    return true;
}

/* More do no harm: what has no more than one that fails will fail. One that is
 * being audited is not left out twice. */
static void leave_out_below(struct size *size, uint32_t failed)
{
    for (uint32_t d = 0; d < size->design_count; d++) {
        struct size_design *design = &size->design[d];

        if ((design->state != SIZE_OPEN && design->state != SIZE_SEEMS) ||
            design->audited || !has_no_more(size->question, d, failed))
            continue;
        design->state = SIZE_LEFT_OUT;
        design->limit = size->design[failed].limit;
    }
}

/* One that was left out does not fail: then the assumption is wrong, and
 * nothing is left out by it. */
static void take_in_again(struct size *size)
{
    size->contradicted = true;
    size->pruning = false;
    for (uint32_t d = 0; d < size->design_count; d++)
        if (size->design[d].state == SIZE_LEFT_OUT) {
            size->design[d].state = SIZE_OPEN;
            size->design[d].limit = SIZE_NONE;
        }
}

/* What a design's next look says. */
static void judge(struct size *size, uint32_t d)
{
    struct size_design *design = &size->design[d];

    if (design->state != SIZE_OPEN && design->state != SIZE_SEEMS)
        return;
    if (design->count < size_look_count(design->look + 1))
        return; /* the budget cut it off */
    design->look++;
    design->limit = failed_limit(size, d);
    if (design->limit != SIZE_NONE) {
        design->state = SIZE_FAILS;
        if (size->pruning)
            leave_out_below(size, d);
        return;
    }
    design->state = seems_to_meet(size, d) ? SIZE_SEEMS : SIZE_OPEN;
    if (design->audited && design->state == SIZE_SEEMS && size->pruning)
        take_in_again(size);
}

/* ---- leader and rivals ---- */

/* What a design seems to cost. */
static double cost_of(const struct size *size, uint32_t d)
{
    struct size_column column = size_column(size, d, 0);

    return size_rule_ratio(&column);
}

/* The cheapest of those that seem to meet, as far as is known. */
static uint32_t find_leader(const struct size *size)
{
    uint32_t leader = SIZE_NONE;

    for (uint32_t i = 0; i < size->design_count; i++) {
        uint32_t d = size->order[i];

        if (size->design[d].state == SIZE_SEEMS &&
            (leader == SIZE_NONE || cost_of(size, d) < cost_of(size, leader)))
            leader = d;
    }
    return leader;
}

/* The leader, and what it is shown to cost at most. */
struct leader {
    uint32_t design; /* or SIZE_NONE */
    double upper;
};

/* The error of one comparison of costs at a look: of any two designs, and of
 * the floor of one with the other's cost. */
static double cost_level(const struct size *size, uint32_t look)
{
    return look_level(SIZE_ERROR_COST / (2.0 * size->design_count), look);
}

static struct leader make_leader(const struct size *size)
{
    struct leader leader = {find_leader(size), INFINITY};

    if (leader.design != SIZE_NONE) {
        struct size_column cost = size_column(size, leader.design, 0);

        leader.upper = size_rule_upper(
            &cost, NULL, cost_level(size, size->design[leader.design].look));
    }
    return leader;
}

/* Whether `d` may be cheaper than the leader by more than delta. */
static bool may_be_cheaper(const struct size *size, const struct leader *leader,
                           uint32_t d)
{
    const struct size_design *design = &size->design[d];
    const struct size_design *first = &size->design[leader->design];
    struct size_column less = size_column(size, d, 0);
    struct size_column more = size_column(size, leader->design, 0);
    uint32_t look = design->look < first->look ? design->look : first->look;

    if (leader->upper <= size_floor(size, d) + size->question->delta)
        return false;
    return look == 0 || size_rule_upper(&more, &less, cost_level(size, look)) >
                            size->question->delta;
}

static bool is_rival(const struct size *size, const struct leader *leader,
                     uint32_t d)
{
    enum size_state state = size->design[d].state;

    if ((state != SIZE_OPEN && state != SIZE_SEEMS) || d == leader->design)
        return false;
    return leader->design == SIZE_NONE || may_be_cheaper(size, leader, d);
}

/* ---- the next block ---- */

static void ask_next_look(struct size *size, uint32_t d)
{
    const struct size_design *design = &size->design[d];

    size_ask(size, d, design->count, size_look_count(design->look + 1));
}

/* The leader goes along where a cost is in doubt and it has been seen less. */
static void ask_leader(struct size *size, const struct leader *leader)
{
    const struct size_design *first;
    bool wanted = false;

    if (leader->design == SIZE_NONE)
        return;
    first = &size->design[leader->design];
    for (uint32_t i = 0; i < size->batch_count; i++) {
        uint32_t d = size->batch[i].design;

        wanted = wanted || (first->look <= size->design[d].look &&
                            (size->design[d].count == 0 ||
                             cost_of(size, leader->design) - cost_of(size, d) <=
                                 size->question->delta));
    }
    if (wanted)
        ask_next_look(size, leader->design);
}

/* Which of `count` rivals, the cheapest first, are looked at in a wave: the
 * first; but while designs are left out by others, half from the dear end,
 * which take most with them, and half spread over all, to find a cheaper
 * leader. */
static uint32_t pick(const struct size *size, uint32_t i, uint32_t count)
{
    if (!size->pruning || count <= SIZE_WAVE)
        return i;
    if (i % 2 == 0)
        return count - 1 - i / 2;
    return (uint32_t)((uint64_t)(count - SIZE_WAVE) * i / SIZE_WAVE);
}

/* The number of rivals; ask for a wave of them where `ask`. Those picked are
 * found in a second pass. */
static uint32_t count_rivals(const struct size *size,
                             const struct leader *leader)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < size->design_count; i++)
        count += is_rival(size, leader, size->order[i]);
    return count;
}

static void ask_wave(struct size *size, const struct leader *leader,
                     uint32_t count)
{
    uint32_t wave = count < SIZE_WAVE ? count : SIZE_WAVE;
    uint32_t at = 0;

    for (uint32_t i = 0; i < size->design_count; i++) {
        uint32_t d = size->order[i];

        if (!is_rival(size, leader, d))
            continue;
        for (uint32_t k = 0; k < wave; k++)
            if (pick(size, k, count) == at) {
                ask_next_look(size, d);
                break;
            }
        at++;
    }
    ask_leader(size, leader);
}

/* ---- what was left out ---- */

/* Open some of those that were left out and might be cheaper than the leader,
 * spread over all of them. Returns whether there are any. */
static bool begin_audit(struct size *size, const struct leader *leader)
{
    double most = leader->upper - size->question->delta;
    uint32_t count = 0, at = 0, wanted;

    size->audit_done = true;
    for (uint32_t d = 0; d < size->design_count; d++)
        count += size->design[d].state == SIZE_LEFT_OUT &&
                 size_floor(size, d) < most;
    if (count == 0)
        return false;
    wanted = count < AUDITS_MOST ? count : AUDITS_MOST;
    for (uint32_t i = 0; i < size->design_count; i++) {
        struct size_design *design = &size->design[size->order[i]];

        if (design->state != SIZE_LEFT_OUT ||
            !(size_floor(size, size->order[i]) < most))
            continue;
        /* The k-th wanted is number k count / wanted. */
        if ((uint64_t)at * wanted / count !=
            (uint64_t)(at + 1) * wanted / count) {
            design->state = SIZE_OPEN;
            design->limit = SIZE_NONE;
            design->audited = true;
            size->audits++;
        }
        at++;
    }
    return true;
}

/* ---- the end ---- */

/* Fresh replications that a try would take: for the target that is hardest. */
static double needed_to_confirm(const struct size *size, uint32_t d)
{
    const struct size_question *question = size->question;
    double level = ldexp(SIZE_ERROR_CONFIRM, -(int)(size->tries + 1));
    double needed = SIZE_CONFIRM_LEAST;

    for (uint32_t t = 0; t < question->limit_count; t++) {
        struct size_column column = size_column(size, d, 1 + t);

        needed =
            fmax(needed, NEEDED_FACTOR * size_rule_needed(&question->limit[t],
                                                          &column, level));
    }
    return needed;
}

/* More replications of the search until it is shown to fail by its margin: by
 * the target that shows it first. */
static double needed_to_fail(const struct size *size, uint32_t d)
{
    const struct size_question *question = size->question;
    double level = fail_level(size, size->design[d].look + 1);
    double needed = INFINITY;

    for (uint32_t t = 0; t < question->limit_count; t++) {
        struct size_column column = size_column(size, d, 1 + t);
        uint32_t count =
            size_rule_needed_to_fail(&question->limit[t], &column, level);

        if (count != UINT32_MAX)
            needed = fmin(needed, count);
    }
    return needed - size->design[d].count;
}

/* Try the leader on fresh replications; but one that keeps its limits by less
 * than the margin may sooner be shown to fail by that, and then the search
 * goes on: both answers keep the promise. */
static void try_leader(struct size *size, uint32_t leader)
{
    double confirm = needed_to_confirm(size, leader);

    if (confirm > CONFIRM_MOST || confirm > (double)size_left(size) ||
        confirm > needed_to_fail(size, leader))
        ask_next_look(size, leader);
    else
        size_begin_confirm(size, leader, (uint32_t)confirm);
}

void size_search(struct size *size)
{
    struct leader leader;
    uint32_t rivals;

    for (uint32_t d = 0; d < size->design_count; d++)
        judge(size, d);
    leader = make_leader(size);
    rivals = count_rivals(size, &leader);
    if (rivals > 0)
        ask_wave(size, &leader, rivals);
    else if (size->pruning && !size->audit_done && begin_audit(size, &leader))
        return; /* those opened are rivals in the next turn */
    else if (leader.design != SIZE_NONE)
        try_leader(size, leader.design);
    else
        size_begin_shortlist(size);
}
