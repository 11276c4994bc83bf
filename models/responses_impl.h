#ifndef MODELS_RESPONSES_IMPL_H
#define MODELS_RESPONSES_IMPL_H
/*
 * Responses and posts. Posts are what handlers bring about at this instant and
 * others are to handle: triggers of responses, and effects. The loop hands them
 * to responses.c, in this order, before time goes on. The part of
 * models/handlers_impl.h, whose rules hold here too, about both. Included by
 * world_impl.h, which has the types.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/person_impl.h"

enum post_type { POST_TRIGGER, POST_EFFECT };
struct post {
    enum post_type type;
    uint32_t person, generation;
    uint32_t response; /* trigger; or whose effect it is */
    /* Of effects: */
    uint32_t list;  /* for names */
    uint32_t topic; /* tag of the action or outcome, for names */
    const struct effect *effect;
    bool crisis; /* the effect is an outcome of a crisis */
};

/* One more, to be filled in at its place: a post made elsewhere and copied is
 * waited for, as it is written in parts and read whole. NULL, with the world's
 * error set, where there is no room. Valid until the next call. */
struct post *post_add(struct world *world); /* room has to be made */
static inline struct post *post_new(struct world *world)
{
    return world->post_count < world->post_room
               ? &world->post[world->post_count++]
               : post_add(world);
}

/* Post a trigger; `response` NONE, which most have, does nothing. */
static inline void responses_trigger(struct world *world,
                                     const struct person *person,
                                     uint32_t response)
{
    struct post *post;

    if (response == NONE)
        return;
    post = post_new(world);
    if (!post)
        return;
    post->type = POST_TRIGGER;
    post->person = person->index;
    post->generation = person->generation;
    post->response = response;
}

/* ---- responses.c ---- */

/* Handle one post, of which nothing is read once another is made. */
void responses_post(struct world *world, const struct post *post);
/* CLOCK_ACTION. */
void responses_action_due(struct world *world, struct person *person);
/* What became of an action's contact. */
void responses_ended(struct world *world, struct person *person,
                     const struct task *task, bool succeeded);
void responses_close(struct world *world, struct person *person,
                     uint32_t response);
void responses_close_all(struct world *world, struct person *person);
/* A completed contact ends the lists of missed contacts. */
void responses_contact_made(struct world *world, struct person *person);
#endif
