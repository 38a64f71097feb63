// The parser's edges, one by one; fuzz_wire.c has the rest. And what frames look like that we send.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "frames.h"

static char long_text[4096];
static struct wanted wanted;
static struct frame frame;

static char *letters(size_t count)
{
    memset(long_text, 'a', sizeof long_text - 1);
    return long_text + sizeof long_text - 1 - count;
}

// What a small request becomes of a file's path of this many letters in parts of at most 255.
static char *path_of(size_t count)
{
    char *path = letters(count);
    for (size_t at = 200; at < count - 1; at += 200)
        path[at] = '/';
    return path;
}

static const char *parse(void)
{
    struct request request;
    uint8_t *copy = malloc(frame.length ? frame.length : 1);
    if (!copy)
        abort();
    memcpy(copy, frame.bytes, frame.length);
    const char *wrong = parse_request(copy, frame.length, &request);
    free(copy);
    return wrong;
}

static const char *parse_wanted(void)
{
    write_request(&frame, &wanted);
    return parse();
}

static void small_request(void)
{
    wanted = (struct wanted){ .id = 7, .processes = 1, .open_files = 8, .cpu_us = 1, .wall_us = 1, .memory = 1, .argc = 1 };
    wanted.argv[0] = (char *)(uintptr_t)"/bin/true";
}

static bool is_refused(const char *how)
{
    const char *wrong = parse_wanted();
    small_request();
    return wrong && strstr(wrong, how);
}

static void Paths_that_stay_inside_are_taken(void)
{
    const char *const paths[] = {
        "a", "a/b", "a/b/c", ".a", "..a", "a..", "a.", "...", "a/...", "-", " ", "\n", "\\", "a:b", "\xff\xfe", "~",
        ".../..a/.b", "con", "a/ /b", "*",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        CHECK(is_inner_path(paths[i]), "%s", paths[i]);
    CHECK(is_inner_path(letters(255)), "a name of 255 bytes");
}

static void Paths_that_lead_elsewhere_or_to_no_name_are_refused(void)
{
    const char *const paths[] = {
        "", "/", "//", "/a", "a/", "a//b", "//a", ".", "..", "./a", "../a", "a/.", "a/..", "a/./b", "a/../b", "a/b/..", "a/b/.",
        "../..", "./.", "/..", "a/b/", "a/b//", "../", "./",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        CHECK(!is_inner_path(paths[i]), "%s", paths[i]);
    CHECK(!is_inner_path(letters(256)), "a name of 256 bytes");
}

static void A_small_request_is_taken(void)
{
    small_request();
    CHECK(parse_wanted() == NULL, "as small as may be");
    wanted.cpu_us = wanted.wall_us = wanted.memory = wanted.file_bytes = wanted.output_bytes = (uint64_t)1 << 50;
    wanted.processes = wanted.open_files = 100000;
    wanted.most_outputs = UINT64_MAX;
    wanted.flags = KNOWN_FLAGS;
    CHECK(parse_wanted() == NULL, "as large as may be");
}

static void Limits_out_of_range_are_refused(void)
{
    static const struct { size_t at; unsigned width; uint64_t value; } rows[] = {
        { 4, 4, 32 }, { 4, 4, 0x80000000 },
        { 8, 8, 0 }, { 8, 8, ((uint64_t)1 << 50) + 1 }, { 8, 8, UINT64_MAX },
        { 16, 8, 0 }, { 16, 8, UINT64_MAX }, { 24, 8, 0 }, { 24, 8, UINT64_MAX },
        { 32, 8, ((uint64_t)1 << 50) + 1 }, { 40, 8, UINT64_MAX },
        { 48, 4, 0 }, { 48, 4, 100001 }, { 48, 4, UINT32_MAX }, { 52, 4, 7 }, { 52, 4, 0 }, { 52, 4, 100001 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        small_request();
        write_request(&frame, &wanted);
        for (unsigned byte = 0; byte < rows[i].width; byte++)
            frame.bytes[rows[i].at + byte] = (uint8_t)(rows[i].value >> (8 * byte));
        const char *wrong = parse();
        CHECK(wrong && strstr(wrong, "limit"), "%llu at byte %zu", (unsigned long long)rows[i].value, rows[i].at);
    }
}

static void Every_truncation_is_refused(void)
{
    small_request();
    wanted.argc = 2;
    wanted.argv[1] = letters(3);
    wanted.files[wanted.file_count++] = (struct wanted_file){ letters(5), 1, (const uint8_t *)"bytes", 5 };
    wanted.outputs[wanted.output_count++] = letters(2);
    wanted.input = (const uint8_t *)"input";
    wanted.input_length = 5;
    write_request(&frame, &wanted);
    CHECK(parse() == NULL, "the whole");
    size_t whole = frame.length;
    for (frame.length = 0; frame.length < whole; frame.length++)
        CHECK(parse() != NULL, "%zu bytes of %zu", frame.length, whole);
    frame.length = whole;
    add_number(&frame, 0, 1);
    CHECK(parse() != NULL, "one byte more");
}

static void The_program_is_an_absolute_path(void)
{
    small_request();
    wanted.argc = 0;
    CHECK(is_refused("arguments"), "no argument at all");
    wanted.argv[0] = letters(4);
    CHECK(is_refused("arguments"), "a relative path");
}

static void A_table_holds_64_strings_and_no_more(void)
{
    for (int table = 0; table < 3; table++) {
        static char *texts[MOST_STRINGS + 1];
        for (int i = 0; i <= MOST_STRINGS; i++)
            texts[i] = (char *)(uintptr_t)(i == 0 ? "/bin/true" : "x");
        for (uint32_t count = MOST_STRINGS; count <= MOST_STRINGS + 1; count++) {
            small_request();
            texts[0] = (char *)(uintptr_t)(table == 2 ? "x" : "/bin/true");
            memcpy(table == 0 ? wanted.argv : table == 1 ? wanted.envp : wanted.outputs, texts, sizeof texts);
            *(table == 0 ? &wanted.argc : table == 1 ? &wanted.envc : &wanted.output_count) = count;
            CHECK((parse_wanted() == NULL) == (count == MOST_STRINGS), "table %d with %u", table, count);
        }
    }
}

static void A_path_is_1024_bytes_at_most(void)
{
    for (size_t length = 1023; length <= 1026; length++) {
        small_request();
        wanted.files[wanted.file_count++] = (struct wanted_file){ path_of(length), 0, NULL, 0 };
        CHECK((parse_wanted() == NULL) == (length <= 1024), "a file's of %zu", length);
        small_request();
        wanted.outputs[wanted.output_count++] = path_of(length);
        CHECK((parse_wanted() == NULL) == (length <= 1024), "an output file's of %zu", length);
    }
}

static void A_file_is_executable_or_not(void)
{
    small_request();
    wanted.files[wanted.file_count++] = (struct wanted_file){ letters(4), 2, NULL, 0 };
    CHECK(is_refused("file"), "2");
}

static void A_streamed_input_does_not_come_with_the_request(void)
{
    small_request();
    wanted.flags = FLAG_STREAM;
    CHECK(parse_wanted() == NULL, "without");
    wanted.input = (const uint8_t *)"x";
    wanted.input_length = 1;
    CHECK(is_refused("input"), "with");
}

static void A_string_with_a_zero_inside_or_none_at_its_end_is_refused(void)
{
    small_request();
    write_request(&frame, &wanted);
    size_t at = frame.fields[8].at + 4;  // after the flags, five limits, two counts
    frame.bytes[at + 8 + 3] = 0;
    CHECK(parse() != NULL, "a zero inside");
    write_request(&frame, &wanted);
    frame.bytes[at + 4 + strlen("/bin/true")] = 'x';
    CHECK(parse() != NULL, "none at the end");
}

static void Outputs_outlive_the_frame(void)
{
    struct request request;
    small_request();
    wanted.outputs[wanted.output_count++] = letters(30);
    write_request(&frame, &wanted);
    CHECK(parse_request(frame.bytes, frame.length, &request) == NULL, "a request");
    memset(frame.bytes, 0xff, frame.length);
    CHECK(request.output_count == 1 && strcmp(request.outputs[0], letters(30)) == 0, "its output's path");
}

static void A_result_is_written_as_documented(void)
{
    int ends[2];
    uint8_t got[1024];
    struct result result = { .id = 5, .cause = MEMORY_LIMIT, .wait_status = 9, .user_us = 1, .refused_forks = 0x1122334455667788 };
    memset(result.fault, 'f', sizeof result.fault - 1);
    memset(result.anomaly, 'a', sizeof result.anomaly - 1);
    if (!CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "a socket pair"))
        return;
    CHECK(send_result(ends[0], &result), "sent");
    ssize_t length = recv(ends[1], got, sizeof got, 0);
    CHECK(length == HEADER + 12 + 72 + 4 + 255 + 4 + 255, "%zd bytes", length);
    CHECK(get32(got) == (uint32_t)length - HEADER && got[4] == FRAME_DONE, "its head");
    CHECK(get32(got + HEADER) == 5 && get32(got + HEADER + 4) == 5 && get32(got + HEADER + 8) == 9, "id, cause, status");
    CHECK(get32(got + HEADER + 12) == 1 && get32(got + HEADER + 12 + 56) == 0x55667788, "numbers");
    CHECK(get32(got + HEADER + 84) == 255 && get32(got + HEADER + 84 + 4 + 255) == 255, "lengths of texts");
    close(ends[1]);
    CHECK(!send_result(ends[0], &result), "to nobody");
    close(ends[0]);
}

static void send_megabytes(int output, size_t length)
{
    uint8_t *bytes = calloc(1, length);
    fcntl(output, F_SETFL, O_NONBLOCK);
    for (size_t at = 0; bytes && at < length; at++)
        bytes[at] = (uint8_t)(at * 31 >> 8);
    _exit(bytes && send_all(output, bytes, length) ? 0 : 1);
}

// The agent's output never blocks, and a pipe or a socket holds less than a frame may have.
static void see_through(int ends[2], const char *what)
{
    static uint8_t got[3 << 20];
    int status = 0;
    bool same = true;
    pid_t pid = fork();
    if (pid == 0)
        send_megabytes(ends[1], sizeof got);
    close(ends[1]);
    usleep(50000);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    CHECK(receive_all(ends[0], got, sizeof got), "%s: all", what);
    for (size_t at = 0; at < sizeof got; at++)
        same = same && got[at] == (uint8_t)(at * 31 >> 8);
    CHECK(same, "%s: in order", what);
    CHECK(!receive_all(ends[0], got, 1), "%s: its end", what);
    waitpid(pid, &status, 0);
    CHECK(status == 0, "%s: status %d", what, status);
    close(ends[0]);
}

static void Frames_pass_through_pipes_and_sockets_that_do_not_block(void)
{
    int ends[2];
    if (CHECK(pipe(ends) == 0, "a pipe"))
        see_through(ends, "pipe");
    if (CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "a socket pair"))
        see_through(ends, "socket");
    if (CHECK(pipe(ends) == 0, "a pipe")) {
        close(ends[0]);
        CHECK(!send_all(ends[1], "x", 1), "to nobody");
        close(ends[1]);
    }
}

static void Broken_says_why_in_one_frame_and_ends(void)
{
    int ends[2], status = 0;
    uint8_t got[1024];
    if (!CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "a socket pair"))
        return;
    pid_t pid = fork();
    if (pid == 0)
        broken(ends[0], "why: %s", letters(2000));
    waitpid(pid, &status, 0);
    ssize_t length = recv(ends[1], got, sizeof got, MSG_DONTWAIT);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 1, "status %d", status);
    CHECK(length == HEADER + 511 && get32(got) == 511 && got[4] == FRAME_BROKEN, "%zd bytes", length);
    CHECK(memcmp(got + HEADER, "why: aaa", 8) == 0, "the text");
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);  // the agent is pid 1, which does not hear it
    frame.bytes = malloc(FRAME_ROOM);
    if (!frame.bytes)
        return 1;
    RUN(Paths_that_stay_inside_are_taken);
    RUN(Paths_that_lead_elsewhere_or_to_no_name_are_refused);
    RUN(A_small_request_is_taken);
    RUN(Limits_out_of_range_are_refused);
    RUN(Every_truncation_is_refused);
    RUN(The_program_is_an_absolute_path);
    RUN(A_table_holds_64_strings_and_no_more);
    RUN(A_path_is_1024_bytes_at_most);
    RUN(A_file_is_executable_or_not);
    RUN(A_streamed_input_does_not_come_with_the_request);
    RUN(A_string_with_a_zero_inside_or_none_at_its_end_is_refused);
    RUN(Outputs_outlive_the_frame);
    RUN(A_result_is_written_as_documented);
    RUN(Frames_pass_through_pipes_and_sockets_that_do_not_block);
    RUN(Broken_says_why_in_one_frame_and_ends);
    free(frame.bytes);
    return finish();
}
