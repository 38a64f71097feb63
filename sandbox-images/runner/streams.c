// What a run writes, on its way to the server: one frame at a time, and of each stream what is kept.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "run.h"

#define REPORT_BYTES (64u << 10)
#define SEND_MS 60000

bool flush_some(void)
{
    while (run.frame_sent < run.frame_length) {
        ssize_t sent = write(run.agent->output, run.frame + run.frame_sent, run.frame_length - run.frame_sent);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            return false;
        if (sent <= 0)
            _exit(0);
        run.frame_sent += (size_t)sent;
    }
    run.frame_sent = run.frame_length = 0;
    return true;
}

void flush_all(void)
{
    struct pollfd output = { .fd = run.agent->output, .events = POLLOUT };
    while (!flush_some())
        if (poll(&output, 1, SEND_MS) == 0)
            _exit(0);  // a server that does not listen for a minute is not there
}

static void send_output(int stream, size_t length)
{
    put32(run.frame, (uint32_t)(length + 5));
    run.frame[4] = FRAME_OUTPUT;
    put32(run.frame + HEADER, run.request->id);
    run.frame[HEADER + 4] = (uint8_t)stream;
    run.frame_length = HEADER + 5 + length;
    run.talks = true;
    flush_some();
}

void tell_taken(void)
{
    if (run.frame_length == 0 && (run.frame_length = feed_report(&run.feed, run.request->id, run.frame)) > 0)
        flush_some();
}

// What another program reads meanwhile must not be cut off in silence.
static void see_output_limit(int stream)
{
    if (run.feed.streamed && stream != REPORT && !run.main_ended && run.result->cause == ENDED)
        run.result->cause = OUTPUT_LIMIT;
}

// Takes what is there of one stream and puts the part that is kept on its way. False where there was nothing.
bool drain(int stream)
{
    uint8_t *bytes = run.frame + HEADER + 5;
    ssize_t got = read(run.streams[stream], bytes, CHUNK);
    if (got < 0)
        return errno == EINTR;
    if (got == 0) {
        close(run.streams[stream]);
        run.streams[stream] = -1;
        if (run.feed.streamed && stream == OUT)
            send_output(stream, 0);
        return false;
    }
    uint64_t keep = stream == REPORT ? REPORT_BYTES : run.request->output_bytes, before = run.written[stream];
    run.written[stream] += (uint64_t)got;
    if (run.written[stream] > keep)
        see_output_limit(stream);
    if (before >= keep)
        return true;
    send_output(stream, keep - before < (uint64_t)got ? (size_t)(keep - before) : (size_t)got);
    return true;
}
