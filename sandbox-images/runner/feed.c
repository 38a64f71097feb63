// A program's standard input: a file with all of it, or streamed, what the server sends while the program runs. The server may send no
// more than the window beyond what it was told has left us, so there is always room for it: neither a program that does
// not read, nor one that has closed its input, keeps us from reading the server's frames.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runner.h"

static uint8_t waiting[INPUT_WINDOW];

// A sealed file cannot block us as a pipe could, and every program may read it as it likes.
static int open_file(const struct request *request)
{
    if (request->input_length == 0)
        return open("/dev/null", O_RDONLY | O_CLOEXEC);
    int file = memfd_create("stdin", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    for (size_t done = 0; file >= 0 && done < request->input_length;) {
        ssize_t written = write(file, request->input + done, request->input_length - done);
        if (written <= 0) {
            close(file);
            return -1;
        }
        done += (size_t)written;
    }
    if (file >= 0 && (lseek(file, 0, SEEK_SET) != 0 ||
                      fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)) {
        close(file);
        return -1;
    }
    return file;
}

// The program's end of it, or -1.
int open_input(const struct agent *agent, const struct request *request, struct feed *feed)
{
    int theirs = -1;
    if (!(request->flags & FLAG_STREAM))
        return open_file(request);
    // The candidate's, as its outputs are.
    act_as_candidate(agent);
    feed_open(feed, &theirs);
    act_as_agent(agent);
    return theirs;
}

bool feed_open(struct feed *feed, int *theirs)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    *feed = (struct feed){ .end = ends[1], .streamed = true };
    *theirs = ends[0];
    return true;
}

void feed_close(struct feed *feed)
{
    if (feed->end >= 0)
        close(feed->end);
    feed->end = -1;
    feed->left += (uint32_t)feed->length;
    feed->at = feed->length = 0;
}

// Null where that many bytes may come now, else what is wrong.
const char *feed_refuses(const struct feed *feed, size_t length)
{
    if (!feed->streamed)
        return "input came for a run that does not stream it";
    if (feed->ended)
        return "input came after its end";
    return length > INPUT_WINDOW - feed->left - feed->length ? "more input came than there is room for" : NULL;
}

// Takes them, or the end where there are none. False where the server is gone.
bool feed_receive(struct feed *feed, int from, size_t length)
{
    if (feed->at + feed->length + length > INPUT_WINDOW) {
        memmove(waiting, waiting + feed->at, feed->length);
        feed->at = 0;
    }
    if (!receive_all(from, waiting + feed->at + feed->length, length))
        return false;
    feed->length += length;
    feed->ended = length == 0;
    feed_write(feed);
    return true;
}

// Passes on what the pipe has room for. A program need not read.
void feed_write(struct feed *feed)
{
    while (feed->end >= 0 && feed->length > 0) {
        ssize_t written = write(feed->end, waiting + feed->at, feed->length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 && errno == EAGAIN)
            return;
        if (written <= 0)
            break;
        feed->at += (size_t)written;
        feed->length -= (size_t)written;
        feed->left += (uint32_t)written;
    }
    if (feed->ended || feed->length > 0 || feed->end < 0)
        feed_close(feed);
    feed->at = 0;
}

// What says how much has left us, and so makes room for as much more; its length. Not for every few bytes: half of the
// window is always open or on its way.
size_t feed_report(struct feed *feed, uint32_t id, uint8_t *frame)
{
    if (feed->left < INPUT_WINDOW / 2)
        return 0;
    put32(frame, 8);
    frame[4] = FRAME_TAKEN;
    put32(frame + HEADER, id);
    put32(frame + HEADER + 4, feed->left);
    feed->left = 0;
    return HEADER + 8;
}

// Reads past input of a run that is over. False where the server is gone.
bool feed_skip(int from, size_t length)
{
    static uint8_t nobody[4096];
    for (; length > sizeof nobody; length -= sizeof nobody)
        if (!receive_all(from, nobody, sizeof nobody))
            return false;
    return receive_all(from, nobody, length);
}
