// Requests as the server writes them, for the tests of the parser: made at random, or by hand.
#ifndef FRAMES_H
#define FRAMES_H

#include <stdint.h>
#include <string.h>

#include "../runner.h"

#define MOST_STRINGS 64  // as in wire.c
#define MOST_PATH 1024
#define FRAME_ROOM (1u << 20)
#define MAX_FIELDS 512

// A payload, and where in it lengths and counts stand.
struct frame {
    uint8_t *bytes;  // FRAME_ROOM of them
    size_t length;
    struct { size_t at; unsigned width; } fields[MAX_FIELDS];
    unsigned field_count;
};

struct wanted_file { char *path; uint32_t executable; const uint8_t *content; uint64_t length; };

// What a request says, apart from how it is written.
struct wanted {
    uint32_t id, flags, processes, open_files;
    uint64_t cpu_us, wall_us, memory, file_bytes, output_bytes, most_outputs;
    char *argv[MOST_STRINGS + 1], *envp[MOST_STRINGS + 1], *outputs[MOST_STRINGS + 1];
    uint32_t argc, envc, file_count, output_count;
    struct wanted_file files[MOST_STRINGS];
    const uint8_t *input;
    uint64_t input_length;
};

static inline void add_bytes(struct frame *frame, const void *bytes, size_t length)
{
    if (length > 0)
        memcpy(frame->bytes + frame->length, bytes, length);
    frame->length += length;
}

static inline void add_number(struct frame *frame, uint64_t value, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        frame->bytes[frame->length++] = (uint8_t)(value >> (8 * i));
}

static inline void add_length(struct frame *frame, uint64_t value, unsigned width)
{
    if (frame->field_count < MAX_FIELDS) {
        frame->fields[frame->field_count].at = frame->length;
        frame->fields[frame->field_count++].width = width;
    }
    add_number(frame, value, width);
}

static inline void add_string(struct frame *frame, const char *text)
{
    add_length(frame, strlen(text) + 1, 4);
    add_bytes(frame, text, strlen(text) + 1);
}

static inline void add_strings(struct frame *frame, char *const *texts, uint32_t count)
{
    add_length(frame, count, 4);
    for (uint32_t i = 0; i < count; i++)
        add_string(frame, texts[i]);
}

static inline void write_request(struct frame *frame, const struct wanted *wanted)
{
    const uint64_t limits[] = { wanted->cpu_us, wanted->wall_us, wanted->memory, wanted->file_bytes, wanted->output_bytes };
    frame->length = frame->field_count = 0;
    add_number(frame, wanted->id, 4);
    add_length(frame, wanted->flags, 4);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        add_length(frame, limits[i], 8);
    add_length(frame, wanted->processes, 4);
    add_length(frame, wanted->open_files, 4);
    add_strings(frame, wanted->argv, wanted->argc);
    add_strings(frame, wanted->envp, wanted->envc);
    add_length(frame, wanted->file_count, 4);
    for (uint32_t i = 0; i < wanted->file_count; i++) {
        const struct wanted_file *file = &wanted->files[i];
        add_string(frame, file->path);
        add_length(frame, file->executable, 4);
        add_length(frame, file->length, 8);
        add_bytes(frame, file->content, (size_t)file->length);
    }
    add_strings(frame, wanted->outputs, wanted->output_count);
    add_length(frame, wanted->most_outputs, 8);
    add_length(frame, wanted->input_length, 8);
    add_bytes(frame, wanted->input, (size_t)wanted->input_length);
}

#endif
