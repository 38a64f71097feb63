// Streamed input: what goes in comes out, in order, whoever is slow; and there is never more of it than the window.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "stubs.h"

static int server[2], theirs;  // the server's end and ours; the program's end
static struct feed feed;
static uint64_t state;

static uint32_t below(uint32_t most)
{
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(state >> 33) % most;
}

static bool begin(void)
{
    bool made = socketpair(AF_UNIX, SOCK_STREAM, 0, server) == 0 && feed_open(&feed, &theirs);
    CHECK(made, "a socket pair and a pipe: %s", strerror(errno));
    fcntl(theirs, F_SETFL, O_NONBLOCK);
    return made;
}

static void end(void)
{
    feed_close(&feed);
    close(server[0]);
    close(server[1]);
    if (theirs >= 0)
        close(theirs);
}

static void give(const void *bytes, size_t length)
{
    CHECK(feed_refuses(&feed, length) == NULL, "%zu bytes are refused", length);
    CHECK(send_all(server[0], bytes, length) && feed_receive(&feed, server[1], length), "%zu bytes are not taken", length);
}

static void What_goes_in_comes_out_whoever_is_slow(void)
{
    static uint8_t bytes[INPUT_WINDOW];
    const size_t all = 4u << 20;
    for (state = 1; state <= 8; state++) {
        size_t sent = 0, got = 0, told = 0;
        bool same = true;
        uint64_t seed = state;
        if (!begin())
            return;
        while (got < all && same) {
            size_t room = INPUT_WINDOW - (sent - told), left = all - sent;
            size_t length = 1 + below(below(3) ? 100 : INPUT_WINDOW);
            length = length > room ? room : length;
            length = length > left ? left : length;
            for (size_t i = 0; i < length; i++)
                bytes[i] = (uint8_t)((sent + i) * 31 >> 8);
            if (length > 0 && below(2))
                give(bytes, length), sent += length;
            ssize_t read_now = below(2) ? read(theirs, bytes, 1 + below(sizeof bytes)) : 0;
            for (ssize_t i = 0; i < read_now; i++)
                same = same && bytes[i] == (uint8_t)((got + (size_t)i) * 31 >> 8);
            got += read_now > 0 ? (size_t)read_now : 0;
            feed_write(&feed);
            same = same && sent - told == feed.left + feed.length && feed.at + feed.length <= INPUT_WINDOW;
            uint8_t frame[HEADER + 8];
            if (feed_report(&feed, 7, frame) > 0) {
                same = same && get32(frame) == 8 && frame[4] == FRAME_TAKEN && get32(frame + HEADER) == 7;
                told += get32(frame + HEADER + 4);
            }
        }
        CHECK(same && got == all, "seed %llu: %zu of %zu", (unsigned long long)seed, got, all);
        give(NULL, 0);
        CHECK(read(theirs, bytes, 1) == 0, "its end");
        state = seed;
        end();
    }
}

static void The_end_comes_after_all_that_waits(void)
{
    static uint8_t bytes[INPUT_WINDOW];
    size_t got = 0;
    if (!begin())
        return;
    fcntl(feed.end, F_SETPIPE_SZ, 4096);
    give(bytes, sizeof bytes);
    CHECK(feed.length > 0 && feed.left + feed.length == INPUT_WINDOW, "%zu wait", feed.length);
    give(NULL, 0);
    for (ssize_t read_now; (read_now = read(theirs, bytes, 1000)) != 0; feed_write(&feed))
        got += read_now > 0 ? (size_t)read_now : 0;
    CHECK(got == sizeof bytes && feed.end == -1, "%zu came", got);
    end();
}

static void More_than_the_window_holds_is_refused(void)
{
    static uint8_t bytes[INPUT_WINDOW];
    if (!begin())
        return;
    fcntl(feed.end, F_SETPIPE_SZ, 4096);
    CHECK(strstr(feed_refuses(&feed, INPUT_WINDOW + 1), "room"), "at once");
    give(bytes, INPUT_WINDOW - 10);
    CHECK(feed_refuses(&feed, 10) == NULL && strstr(feed_refuses(&feed, 11), "room"), "what was taken counts until it is told");
    feed.left = 0;
    CHECK(feed_refuses(&feed, 11) == NULL, "and no longer");
    give(NULL, 0);
    CHECK(strstr(feed_refuses(&feed, 1), "after its end") && strstr(feed_refuses(&feed, 0), "after its end"), "after the end");
    end();
    feed = (struct feed){ .end = -1 };
    CHECK(strstr(feed_refuses(&feed, 1), "does not stream"), "where the input came with the request");
}

static void A_program_that_closed_its_input_takes_everything(void)
{
    static uint8_t bytes[INPUT_WINDOW];
    if (!begin())
        return;
    fcntl(feed.end, F_SETPIPE_SZ, 4096);
    give(bytes, 20000);
    CHECK(feed.length > 0, "some wait");
    close(theirs);
    theirs = -1;
    feed_write(&feed);
    CHECK(feed.length == 0 && feed.left == 20000 && feed.end == -1, "%zu wait, %u left", feed.length, feed.left);
    for (int i = 0; i < 100; i++, feed.left = 0)
        give(bytes, 30000);
    give(NULL, 0);
    CHECK(feed.length == 0 && feed.ended, "%zu wait", feed.length);
    end();
}

static void What_is_of_no_use_is_skipped_to_its_last_byte(void)
{
    static uint8_t bytes[INPUT_WINDOW];
    if (!begin())
        return;
    for (size_t length = 0; length <= INPUT_WINDOW; length = length * 3 + 1) {
        CHECK(send_all(server[0], bytes, length) && send_all(server[0], "x", 1), "%zu bytes", length);
        CHECK(feed_skip(server[1], length) && read(server[1], bytes, 2) == 1 && bytes[0] == 'x', "%zu bytes", length);
        bytes[0] = 0;
    }
    close(server[0]);
    CHECK(!feed_skip(server[1], 1), "a server that is gone");
    CHECK(!feed_receive(&feed, server[1], 1), "a server that is gone");
    end();
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);  // the agent blocks it
    RUN(What_goes_in_comes_out_whoever_is_slow);
    RUN(The_end_comes_after_all_that_waits);
    RUN(More_than_the_window_holds_is_refused);
    RUN(A_program_that_closed_its_input_takes_everything);
    RUN(What_is_of_no_use_is_skipped_to_its_last_byte);
    return finish();
}
