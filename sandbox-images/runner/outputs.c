// The files that a run is asked for, as it left them.
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner.h"

#define CHUNK (64u << 10)
#define EXECUTABLE 1u
#define TOO_LARGE 2u

// Step by step, so that no link on the way leads elsewhere; -1 where there is no such file. A pipe would block.
static int open_inner(int scratch, const char *path)
{
    char part[NAME_MAX + 1];
    int at = dup(scratch);
    for (const char *rest = path; at >= 0;) {
        size_t length = strcspn(rest, "/");
        bool last = rest[length] == 0;
        memcpy(part, rest, length);
        part[length] = 0;
        int next = openat(at, part, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (last ? 0 : O_DIRECTORY));
        close(at);
        at = next;
        if (last)
            break;
        rest += length + 1;
    }
    return at;
}

static bool send_chunk(const struct agent *agent, uint32_t id, uint32_t index, uint32_t flags, uint8_t *frame, size_t length)
{
    put32(frame, (uint32_t)(12 + length));
    frame[4] = FRAME_FILE;
    put32(frame + HEADER, id);
    put32(frame + HEADER + 4, index);
    put32(frame + HEADER + 8, flags);
    return send_all(agent->output, frame, HEADER + 12 + length);
}

static bool send_file(const struct agent *agent, const struct request *request, uint32_t index, int file, uint64_t *left)
{
    static uint8_t frame[HEADER + 12 + CHUNK];
    struct stat info;
    ssize_t got;
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode))
        return true;
    uint32_t flags = info.st_mode & S_IXUSR ? EXECUTABLE : 0;
    if ((uint64_t)info.st_size > *left)
        return send_chunk(agent, request->id, index, flags | TOO_LARGE, frame, 0);
    *left -= (uint64_t)info.st_size;
    bool sent = send_chunk(agent, request->id, index, flags, frame, 0);
    while (sent && (got = read(file, frame + HEADER + 12, CHUNK)) > 0)
        sent = send_chunk(agent, request->id, index, flags, frame, (size_t)got);
    return sent;
}

// False where the server is gone. Of a file that is not there, or is none, nothing is sent.
bool send_outputs(const struct agent *agent, const struct request *request)
{
    uint64_t left = request->most_outputs;
    bool sent = true;
    for (uint32_t i = 0; sent && i < request->output_count; i++) {
        act_as_candidate(agent);
        int file = open_inner(agent->scratch, request->outputs[i]);
        act_as_agent(agent);
        if (file < 0)
            continue;
        sent = send_file(agent, request, i, file, &left);
        close(file);
    }
    return sent;
}
