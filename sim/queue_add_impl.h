#ifndef SIM_QUEUE_ADD_IMPL_H
#define SIM_QUEUE_ADD_IMPL_H
/*
 * How requests come to their line: part of sim/queue_impl.h, which includes it
 * and has the types.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Room for `count` more in `line` and for requests up to `highest`. */
static inline int sim_queue_room(struct sim_queue *queue,
                                 struct sim_queue_line *line, uint32_t count,
                                 uint32_t highest)
{
    int err = SIM_OK;

    if (line->first + line->count + count > line->room)
        err = sim_queue_grow_line(line, count);
    if (err == SIM_OK && highest >= queue->waiting_room)
        err = sim_queue_grow(queue, highest);
    return err;
}

static inline int sim_queue_add_alike(struct sim_queue *queue, uint32_t count,
                                      const uint32_t id[], const uint32_t tie[],
                                      uint32_t highest,
                                      const struct sim_request *request)
{
    struct sim_queue_line *line = &queue->line[request->line];
    struct sim_waiting waiting = {.entry = {.order = request->order},
                                  .hold_from = request->hold_from,
                                  .line = request->line};
    uint32_t place[SIM_QUEUE_FEW];
    struct sim_queue_entry *back;

    SIM_REQUIRE(request->line < queue->line_count && count <= SIM_QUEUE_FEW);
    if (count == 0)
        return SIM_OK;
    if (sim_queue_room(queue, line, count, highest) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    if (!sim_ties_few(tie, count, place))
        sim_ties_exact(tie, id, count, place);
    back = line->entry + line->first + line->count;
    for (uint32_t i = 0; i < count; i++) {
        SIM_REQUIRE(id[i] <= highest &&
                    queue->waiting[id[i]].line == SIM_NOT_WAITING);
        waiting.entry.rank = (uint64_t)tie[i] << 32 | id[i];
        back[place[i]] = waiting.entry;
        queue->waiting[id[i]] = waiting;
    }
    /* Mostly they all come after whoever waits already. */
    if (line->ordered == line->count &&
        (line->count == 0 || back[-1].order < request->order))
        line->ordered += count;
    queue->length += count;
    line->count += count;
    if (line->count == count)
        sim_queue_fill(queue, line);
    return SIM_OK;
}

static inline int sim_queue_add(struct sim_queue *queue, uint32_t id,
                                const struct sim_request *request)
{
    return sim_queue_add_alike(queue, 1, &id, &request->tie, id, request);
}
#endif
