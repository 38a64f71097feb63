// A program's standard input where it is streamed: what the server sends while the program runs. The server may send no
// more than the window beyond what it was told has left us, so there is always room for it: neither a program that does
// not read, nor one that has closed its input, keeps us from reading the server's frames.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "runner.h"

static uint8_t waiting[INPUT_WINDOW];

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

// Reads past input of a run that is over. False where the server is gone.
bool feed_skip(int from, size_t length)
{
    static uint8_t nobody[4096];
    for (; length > sizeof nobody; length -= sizeof nobody)
        if (!receive_all(from, nobody, sizeof nobody))
            return false;
    return receive_all(from, nobody, length);
}
