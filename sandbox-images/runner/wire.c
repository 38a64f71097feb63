// Frames: u32 length of the payload, u8 type, payload; all numbers little-endian.
// Nothing that comes in is believed: each length is held against what is left of the frame.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner.h"

void put32(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> (8 * i));
}

static void put64(uint8_t *to, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        to[i] = (uint8_t)(value >> (8 * i));
}

uint32_t get32(const uint8_t *from)
{
    return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

static uint64_t get64(const uint8_t *from)
{
    return get32(from) | (uint64_t)get32(from + 4) << 32;
}

// After a failed read or write: whether it may succeed now. Where input and output are one socket, neither blocks.
static bool may_go_on(int end, short events)
{
    struct pollfd ready = { .fd = end, .events = events };
    return errno == EINTR || (errno == EAGAIN && (poll(&ready, 1, -1) > 0 || errno == EINTR));
}

bool send_all(int output, const void *data, size_t length)
{
    const char *at = data;
    while (length > 0) {
        ssize_t sent = write(output, at, length);
        if (sent < 0 && may_go_on(output, POLLOUT))
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

bool receive_all(int input, void *data, size_t length)
{
    char *at = data;
    while (length > 0) {
        ssize_t got = read(input, at, length);
        if (got < 0 && may_go_on(input, POLLIN))
            continue;
        if (got <= 0)
            return false;
        at += got;
        length -= (size_t)got;
    }
    return true;
}

// Tells the server why this slot is of no use, and ends it.
void broken(int output, const char *format, ...)
{
    uint8_t frame[HEADER + 512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf((char *)frame + HEADER, 512, format, arguments);
    va_end(arguments);
    length = length < 0 ? 0 : length > 511 ? 511 : length;
    put32(frame, (uint32_t)length);
    frame[4] = FRAME_BROKEN;
    send_all(output, frame, HEADER + (size_t)length);
    _exit(1);
}

#define MAX_STRINGS 64
#define MAX_PATH 1024

struct cursor { uint8_t *at, *end; };

static bool take32(struct cursor *cursor, uint32_t *value)
{
    if (cursor->end - cursor->at < 4)
        return false;
    *value = get32(cursor->at);
    cursor->at += 4;
    return true;
}

static bool take64(struct cursor *cursor, uint64_t *value)
{
    if (cursor->end - cursor->at < 8)
        return false;
    *value = get64(cursor->at);
    cursor->at += 8;
    return true;
}

static bool take_bytes(struct cursor *cursor, uint64_t length, uint8_t **bytes)
{
    if ((uint64_t)(cursor->end - cursor->at) < length)
        return false;
    *bytes = cursor->at;
    cursor->at += length;
    return true;
}

// Strings come with their terminator, so that they can be used where they stand.
static bool take_string(struct cursor *cursor, char **text)
{
    uint32_t length;
    uint8_t *bytes;
    if (!take32(cursor, &length) || length == 0 || !take_bytes(cursor, length, &bytes))
        return false;
    if (memchr(bytes, 0, length) != bytes + length - 1)
        return false;
    *text = (char *)bytes;
    return true;
}


static bool take_strings(struct cursor *cursor, char **table)
{
    uint32_t count;
    if (!take32(cursor, &count) || count > MAX_STRINGS)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!take_string(cursor, &table[i]))
            return false;
    table[count] = NULL;
    return true;
}

// A path stays below the folder it is joined to.
bool is_inner_path(const char *path)
{
    for (const char *part = path;;) {
        size_t length = strcspn(part, "/");
        bool dots = (length == 1 && part[0] == '.') || (length == 2 && part[0] == '.' && part[1] == '.');
        if (length == 0 || length > 255 || dots)
            return false;
        if (part[length] == 0)
            return true;
        part += length + 1;
    }
}

bool next_file(const uint8_t **cursor, const uint8_t *end, struct file *file)
{
    struct cursor at = { (uint8_t *)(uintptr_t)*cursor, (uint8_t *)(uintptr_t)end };
    char *text;
    uint8_t *bytes;
    uint32_t executable;
    if (!take_string(&at, &text) || !is_inner_path(text) || strlen(text) > MAX_PATH || !take32(&at, &executable) ||
        executable > 1 || !take64(&at, &file->length) || !take_bytes(&at, file->length, &bytes))
        return false;
    file->path = text;
    file->path_length = (uint32_t)strlen(text);
    file->executable = executable == 1;
    file->content = bytes;
    *cursor = at.at;
    return true;
}

// Copied, for the frame is gone before they are read.
static bool take_outputs(struct cursor *cursor, struct request *request)
{
    static char paths[MAX_STRINGS][MAX_PATH + 1], *table[MAX_STRINGS];
    char *text;
    if (!take32(cursor, &request->output_count) || request->output_count > MAX_STRINGS)
        return false;
    for (uint32_t i = 0; i < request->output_count; i++) {
        if (!take_string(cursor, &text) || !is_inner_path(text) || strlen(text) > MAX_PATH)
            return false;
        table[i] = strcpy(paths[i], text);
    }
    request->outputs = table;
    return take64(cursor, &request->most_outputs);
}

// Null where the payload is a request that can be obeyed, else what is wrong with it.
const char *parse_request(uint8_t *payload, size_t length, struct request *request)
{
    static char *argv[MAX_STRINGS + 1], *envp[MAX_STRINGS + 1];
    struct cursor cursor = { payload, payload + length };
    memset(request, 0, sizeof *request);
    if (!take32(&cursor, &request->id) || !take32(&cursor, &request->flags) ||
        !take64(&cursor, &request->cpu_us) || !take64(&cursor, &request->wall_us) ||
        !take64(&cursor, &request->memory) || !take64(&cursor, &request->file_bytes) ||
        !take64(&cursor, &request->output_bytes) || !take32(&cursor, &request->processes) ||
        !take32(&cursor, &request->open_files))
        return "the head of a request is short";
    const uint64_t most = (uint64_t)1 << 50;
    if (request->cpu_us == 0 || request->cpu_us > most || request->wall_us == 0 || request->wall_us > most ||
        request->memory == 0 || request->memory > most || request->file_bytes > most ||
        request->output_bytes > most || request->processes == 0 || request->processes > 100000 ||
        request->open_files < 8 || request->open_files > 100000 || request->flags & 0xffffu & ~KNOWN_FLAGS ||
        (PINNED_TO(request->flags) != 0 && !(request->flags & FLAG_PIN)))
        return "a limit of a request is out of range";
    if (!take_strings(&cursor, argv) || !argv[0] || argv[0][0] != '/')
        return "the arguments of a request are malformed";
    if (!take_strings(&cursor, envp))
        return "the environment of a request is malformed";
    if (!take32(&cursor, &request->file_count))
        return "the files of a request are malformed";
    request->files = cursor.at;
    const uint8_t *at = cursor.at;
    struct file file;
    for (uint32_t i = 0; i < request->file_count; i++)
        if (!next_file(&at, cursor.end, &file))
            return "a file of a request is malformed";
    cursor.at += at - cursor.at;  // next_file reads the same bytes through const
    request->files_length = (size_t)(cursor.at - request->files);
    if (!take_outputs(&cursor, request))
        return "the output files of a request are malformed";
    uint64_t input;
    uint8_t *bytes;
    if (!take64(&cursor, &input) || !take_bytes(&cursor, input, &bytes) || cursor.at != cursor.end ||
        (input > 0 && (request->flags & FLAG_STREAM)))
        return "the input of a request is malformed";
    request->argv = argv;
    request->envp = envp;
    request->input = bytes;
    request->input_length = (size_t)input;
    return NULL;
}

static uint8_t *put_text(uint8_t *at, const char *text)
{
    uint32_t length = (uint32_t)strlen(text);
    put32(at, length);
    memcpy(at + 4, text, length);
    return at + 4 + length;
}

bool send_result(int output, const struct result *result)
{
    uint8_t frame[HEADER + 128 + sizeof result->fault + sizeof result->anomaly];
    const uint64_t numbers[] = {
        result->user_us, result->system_us, result->wall_us, result->peak,
        result->out_bytes, result->err_bytes, result->oom_kills, result->refused_forks, result->instructions,
    };
    uint8_t *at = frame + HEADER;
    put32(at, result->id);
    put32(at + 4, (uint32_t)result->cause);
    put32(at + 8, (uint32_t)result->wait_status);
    at += 12;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++, at += 8)
        put64(at, numbers[i]);
    at = put_text(at, result->fault);
    at = put_text(at, result->anomaly);
    put32(frame, (uint32_t)(at - frame - HEADER));
    frame[4] = FRAME_DONE;
    return send_all(output, frame, (size_t)(at - frame));
}
