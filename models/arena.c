/*
 * An arena is a chain of blocks, the newest first; only that one has room
 * left. A request larger than a block gets a block of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 * 1024)

/* Under the address sanitizer a strip behind each thing may not be touched, so
 * that writing past one is found as it is on the heap. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define STRIP sizeof(max_align_t)
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define STRIP ((size_t)0)
#endif

struct block {
    struct block *older;
    max_align_t bytes[]; /* the first, so that all are aligned */
};
struct arena {
    struct block *block;
    size_t used, size; /* bytes of the newest block */
    size_t left;       /* requests until one is made to fail */
    bool failed;
};

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);

    if (arena != NULL)
        arena->left = SIZE_MAX;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    while (arena->block != NULL) {
        struct block *older = arena->block->older;

        free(arena->block);
        arena->block = older;
    }
    free(arena);
}

/* Put a block with room for `size` bytes in front. */
static bool arena_grow(struct arena *arena, size_t size)
{
    size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
    struct block *block;

    if (room > SIZE_MAX - sizeof *block)
        return false;
    block = malloc(sizeof *block + room);
    if (block == NULL)
        return false;
    block->older = arena->block;
    arena->block = block;
    arena->used = 0;
    arena->size = room;
    return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t unit = sizeof(max_align_t);
    size_t asked;
    char *at;

    if (arena->left == 0 || size > SIZE_MAX - unit - STRIP) {
        arena->failed = true;
        return NULL;
    }
    if (arena->left != SIZE_MAX)
        arena->left--;
    asked = size;
    size = (size + unit - 1) / unit * unit + STRIP;
    if (arena->block == NULL || size > arena->size - arena->used) {
        if (!arena_grow(arena, size)) {
            arena->failed = true;
            return NULL;
        }
    }
    at = (char *)arena->block->bytes + arena->used;
    arena->used += size;
    memset(at, 0, asked);
    ASAN_POISON_MEMORY_REGION(at + asked, size - asked);
    return at;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
    char *copy;

    if (length == SIZE_MAX) {
        arena->failed = true;
        return NULL;
    }
    copy = arena_alloc(arena, length + 1);
    if (copy != NULL)
        memcpy(copy, text, length);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *text = NULL;
    int length;

    va_start(args, format);
    length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length >= 0)
        text = arena_alloc(arena, (size_t)length + 1);
    if (text == NULL) {
        arena->failed = true;
        return NULL;
    }
    va_start(args, format);
    (void)vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

bool arena_failed(const struct arena *arena)
{
    return arena->failed;
}

void arena_fail_after(struct arena *arena, size_t count)
{
    arena->left = count;
}
