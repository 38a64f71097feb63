// The files that a run is asked for: found where they are meant, and nowhere else.
#define _GNU_SOURCE
#include <sys/socket.h>
#include <sys/wait.h>

#include "check.h"
#include "stubs.h"

#define EXECUTABLE 1u
#define TOO_LARGE 2u
#define MOST (1u << 20)

static char *base;
static int root, scratch;

// What came of the one file that was asked for.
static struct { bool ended_well, any; uint32_t id, index, flags; size_t length; unsigned frames; uint8_t bytes[MOST]; } got;

static bool take_frames(int socket)
{
    uint8_t head[HEADER + 12];
    while (receive_all(socket, head, sizeof head)) {
        uint32_t length = get32(head) - 12;
        if (head[4] != FRAME_FILE || length > MOST - got.length || !receive_all(socket, got.bytes + got.length, length))
            return false;
        got.any = true;
        got.frames++;
        got.id = get32(head + HEADER);
        got.index = get32(head + HEADER + 4);
        got.flags = get32(head + HEADER + 8);
        got.length += length;
    }
    return true;
}

// Sent by a child, so that neither waits for the other.
static void ask_for(char **paths, uint32_t count, uint64_t most)
{
    int ends[2], status = -1;
    struct request request = { .id = 42, .outputs = paths, .output_count = count, .most_outputs = most };
    memset(&got, 0, sizeof got);
    if (!CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "a socket pair"))
        return;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        struct agent agent = { .output = ends[1], .scratch = scratch };
        close(ends[0]);
        _exit(send_outputs(&agent, &request) ? 0 : 1);
    }
    close(ends[1]);
    got.ended_well = take_frames(ends[0]);
    close(ends[0]);
    waitpid(pid, &status, 0);
    CHECK(got.ended_well && status == 0, "%s: status %d", paths[0], status);
}

static void ask(const char *path, uint64_t most)
{
    char *paths[] = { (char *)(uintptr_t)path };
    ask_for(paths, 1, most);
}

static void A_file_comes_as_it_is(void)
{
    put_text(scratch, "a", "hello");
    ask("a", MOST);
    CHECK(got.any && got.id == 42 && got.index == 0 && got.flags == 0, "flags %u", got.flags);
    CHECK(got.length == 5 && memcmp(got.bytes, "hello", 5) == 0, "%zu bytes", got.length);
    ask("d/e/f", MOST);
    CHECK(got.length == 4 && memcmp(got.bytes, "deep", 4) == 0, "%zu bytes from below", got.length);
}

static void An_empty_file_is_a_file(void)
{
    put_text(scratch, "empty", "");
    ask("empty", 0);
    CHECK(got.any && got.length == 0 && got.flags == 0 && got.frames == 1, "%u frames", got.frames);
}

static void The_executable_bit_is_told(void)
{
    put_file(scratch, "x", "x", 1, 0700);
    ask("x", MOST);
    CHECK(got.flags == EXECUTABLE, "0700: %u", got.flags);
    put_file(scratch, "x", "x", 1, 0655);
    ask("x", MOST);
    CHECK(got.flags == 0, "0655: %u", got.flags);
}

static void A_file_of_many_chunks_comes_whole(void)
{
    static uint8_t bytes[300001];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 7 + i / 251);
    put_file(scratch, "large", bytes, sizeof bytes, 0600);
    ask("large", sizeof bytes);
    CHECK(got.length == sizeof bytes && memcmp(got.bytes, bytes, sizeof bytes) == 0, "%zu bytes", got.length);
}

static void What_is_too_large_is_named_but_not_sent(void)
{
    put_text(scratch, "a", "hello");
    ask("a", 5);
    CHECK(got.flags == 0 && got.length == 5, "just as large as may be");
    ask("a", 4);
    CHECK(got.any && got.flags == TOO_LARGE && got.length == 0, "flags %u", got.flags);
    put_file(scratch, "x", "12345", 5, 0755);
    ask("x", 0);
    CHECK(got.flags == (TOO_LARGE | EXECUTABLE) && got.length == 0, "flags %u", got.flags);
    int sparse = openat(scratch, "sparse", O_WRONLY | O_CREAT, 0600);
    CHECK(ftruncate(sparse, (off_t)1 << 40) == 0, "a file of holes");
    close(sparse);
    ask("sparse", MOST);
    CHECK(got.flags == TOO_LARGE && got.length == 0, "flags %u", got.flags);
}

static void The_bound_is_for_all_files_together(void)
{
    char *paths[] = { (char *)(uintptr_t)"a", (char *)(uintptr_t)"none", (char *)(uintptr_t)"a", (char *)(uintptr_t)"d/e/f" };
    put_text(scratch, "a", "hello");
    ask_for(paths, 4, 9);
    CHECK(got.frames == 5 && got.index == 3 && got.flags == 0 && got.length == 9 && memcmp(got.bytes, "hellodeep", 9) == 0,
          "the second has no room, the last has: %u frames, %zu bytes", got.frames, got.length);
}

static void What_is_no_file_is_not_sent(void)
{
    mkfifoat(scratch, "fifo", 0600);
    const char *const paths[] = { "none", "d", "d/e", "fifo", "a/b", "fifo/b", "d/none/f" };
    put_text(scratch, "a", "hello");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        ask(paths[i], MOST);
        CHECK(!got.any, "%s", paths[i]);
    }
}

static void Links_lead_nowhere(void)
{
    char outside[512];
    snprintf(outside, sizeof outside, "%s/secret", base);
    put_text(root, "secret", "secret");
    CHECK(symlinkat(outside, scratch, "absolute") == 0 && symlinkat("../secret", scratch, "relative") == 0 &&
          symlinkat("a", scratch, "inner") == 0 && symlinkat("..", scratch, "up") == 0 && symlinkat("d", scratch, "folder") == 0 &&
          symlinkat("/proc/self/environ", scratch, "d/proc") == 0, "links");
    const char *const paths[] = { "absolute", "relative", "inner", "up", "up/secret", "folder/e/f", "d/proc" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        ask(paths[i], MOST);
        CHECK(!got.any, "%s", paths[i]);
    }
}

static void No_descriptor_is_left_open(void)
{
    int before = dup(0), after;
    close(before);
    struct agent agent = { .output = -1, .scratch = scratch };
    char *paths[] = { (char *)(uintptr_t)"none", (char *)(uintptr_t)"fifo", (char *)(uintptr_t)"d", (char *)(uintptr_t)"d/none/f" };
    struct request request = { .outputs = paths, .output_count = 4, .most_outputs = MOST };
    CHECK(send_outputs(&agent, &request), "nothing to send");
    paths[0] = (char *)(uintptr_t)"a";
    CHECK(!send_outputs(&agent, &request), "to nobody");
    after = dup(0);
    close(after);
    CHECK(before == after, "%d became %d", before, after);
}

int main(void)
{
    umask(022);
    base = make_folder();
    root = open_folder(base);
    mkdirat(root, "scratch", 0700);
    scratch = openat(root, "scratch", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    mkdirat(scratch, "d", 0700);
    mkdirat(scratch, "d/e", 0700);
    put_text(scratch, "d/e/f", "deep");
    RUN(A_file_comes_as_it_is);
    RUN(An_empty_file_is_a_file);
    RUN(The_executable_bit_is_told);
    RUN(A_file_of_many_chunks_comes_whole);
    RUN(What_is_too_large_is_named_but_not_sent);
    RUN(The_bound_is_for_all_files_together);
    RUN(What_is_no_file_is_not_sent);
    RUN(Links_lead_nowhere);
    RUN(No_descriptor_is_left_open);
    struct agent agent = { .scratch = scratch };
    char why[64];
    wipe_scratch(&agent, why, sizeof why);
    unlinkat(root, "secret", 0);
    unlinkat(root, "scratch", AT_REMOVEDIR);
    rmdir(base);
    free(base);
    return finish();
}
