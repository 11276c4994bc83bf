#ifndef MODELS_ARENA_H
#define MODELS_ARENA_H
/*
 * Arena: memory that grows in blocks and is released whole.
 * What it hands out is zeroed, aligned for any type and stays where it is.
 * A failure is remembered, so that a long reading may pass over what it could
 * not store and be refused at its end.
 * Threads: an arena belongs to one owner, so it takes no locks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Make an empty arena; NULL where there is no memory. */
struct arena *arena_new(void);

/* Release `arena` and all that it handed out. NULL is allowed. */
void arena_free(struct arena *arena);

/* `count` zeroed elements of `size` bytes, or NULL where there is no memory or
 * the product is too large. No elements give a pointer that may not be read. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* One zeroed thing of `size` bytes, or NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* The first `length` bytes of `text` and a NUL, or NULL. */
char *arena_text(struct arena *arena, const char *text, size_t length);

/* A text made as printf makes it, or NULL. */
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Whether any request has failed since the arena was made. */
bool arena_failed(const struct arena *arena);

/* Let `count` more requests succeed and none after them. For tests. */
void arena_fail_after(struct arena *arena, size_t count);
#endif
