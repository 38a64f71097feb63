// What is read of the kernel's files, with contents that are not as expected; and in which order limits are written.
#define _GNU_SOURCE
#include <errno.h>
#include <time.h>

#include "check.h"
#include "stubs.h"

static char *base;
static int folder;
static const char *const used[] = {
    "memory.max", "memory.swap.max", "memory.current", "memory.peak", "memory.events", "pids.max", "pids.events", "pids.current",
    "cpu.stat", "cgroup.procs", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.max_usage_in_bytes",
    "memory.memsw.max_usage_in_bytes", "memory.usage_in_bytes", "memory.oom_control", "memory.swappiness", "cpuacct.usage",
};
#define USED (sizeof used / sizeof *used)

static void clear(void)
{
    for (size_t i = 0; i < USED; i++)
        unlinkat(folder, used[i], 0);
}

static void close_all(struct cgroup *cgroup)
{
    for (int file = 0; file < CGROUP_FILES; file++)
        if (cgroup->files[file] >= 0)
            close(cgroup->files[file]);
}

static struct cgroup open_with(bool unified, const char *name, const char *text)
{
    struct cgroup cgroup;
    const struct settings v2 = { .unified = base }, v1 = { .memory = base, .pids = base, .cpuacct = base };
    clear();
    put_text(folder, name, text);
    cgroup_open(&cgroup, unified ? &v2 : &v1);
    return cgroup;
}

static const char *read_back(const char *name)
{
    static char text[64];
    int file = openat(folder, name, O_RDONLY);
    ssize_t length = file < 0 ? 0 : read(file, text, sizeof text - 1);
    close(file);
    text[length > 0 ? length : 0] = 0;
    return text;
}

static void Files_of_one_number_are_read(void)
{
    static const struct { const char *text; bool read; uint64_t value; } rows[] = {
        { "123\n", true, 123 }, { "123", true, 123 }, { "0\n", true, 0 }, { "  7\n", true, 7 }, { "12 34\n", true, 12 },
        { "18446744073709551615\n", true, UINT64_MAX }, { "99999999999999999999999\n", true, UINT64_MAX },
        { "max\n", true, 0 }, { "\n", true, 0 }, { "", false, 55 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cgroup cgroup = open_with(true, "memory.current", rows[i].text);
        uint64_t value = 55;
        bool read = cgroup_read(&cgroup, USAGE_FILE, NULL, &value);
        CHECK(read == rows[i].read && value == rows[i].value, "\"%s\" gave %llu", rows[i].text, (unsigned long long)value);
        close_all(&cgroup);
    }
}

static void A_key_is_found_at_the_start_of_a_line_only(void)
{
    static const struct { const char *text, *key; bool read; uint64_t value; } rows[] = {
        { "low 1\nmax 2\noom 3\noom_kill 4\n", "oom", true, 3 }, { "low 1\nmax 2\noom 3\noom_kill 4\n", "oom_kill", true, 4 },
        { "oom_kill 4\noom 3\n", "oom", true, 3 }, { "a_max 5\nmax 6\n", "max", true, 6 }, { "max 6", "max", true, 6 },
        { "max\n", "max", false, 55 }, { "max", "max", false, 55 }, { "ma", "max", false, 55 }, { "maximum 3\n", "max", false, 55 },
        { "x max 3\n", "max", false, 55 }, { "\n\n\nmax 9\n", "max", true, 9 }, { "max \n", "max", true, 0 }, { "\n", "max", false, 55 },
        { "", "max", false, 55 }, { "max 1\nmax 2\n", "max", true, 1 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cgroup cgroup = open_with(true, "memory.events", rows[i].text);
        uint64_t value = 55;
        bool read = cgroup_read(&cgroup, EVENTS_FILE, rows[i].key, &value);
        CHECK(read == rows[i].read && value == rows[i].value, "%s in \"%s\" gave %llu", rows[i].key, rows[i].text,
              (unsigned long long)value);
        close_all(&cgroup);
    }
}

static void Files_larger_than_what_is_read_of_them_do_no_harm(void)
{
    char text[5000];
    uint64_t value = 55;
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = 0;
    memcpy(text + 1020, "\nmax 7\n", 7);
    struct cgroup cgroup = open_with(true, "memory.events", text);
    CHECK(!cgroup_read(&cgroup, EVENTS_FILE, "max", &value) && value == 55, "a key that is cut off");
    close_all(&cgroup);
    memset(text, '9', 1030);
    cgroup = open_with(true, "memory.current", text);
    CHECK(cgroup_read(&cgroup, USAGE_FILE, NULL, &value) && value == UINT64_MAX, "a number of 1030 digits");
    close_all(&cgroup);
    memset(text, 0, 100);
    int file = openat(folder, "memory.current", O_WRONLY | O_TRUNC);
    CHECK(write(file, text, 100) == 100, "zeros");
    close(file);
    cgroup = open_with(true, "memory.peak", "");
    put_file(folder, "memory.peak", text, 100, 0600);
    CHECK(cgroup_read(&cgroup, PEAK_FILE, NULL, &value) && value == 0, "bytes that are no text");
    CHECK(!cgroup_read(&cgroup, PEAK_FILE, "max", &value), "nor hold a key");
    close_all(&cgroup);
}

static void What_is_not_there_is_not_read(void)
{
    struct cgroup cgroup;
    uint64_t value = 55;
    const struct settings none = { 0 }, gone = { .unified = "/nonexistent/folder" };
    cgroup_open(&cgroup, &none);
    for (int file = 0; file < CGROUP_FILES; file++)
        CHECK(cgroup.files[file] == -1, "file %d without a folder", file);
    CHECK(!cgroup_is_limited(&cgroup) && !cgroup_is_watched(&cgroup), "neither limited nor watched");
    cgroup_open(&cgroup, &gone);
    for (int file = 0; file < CGROUP_FILES; file++)
        CHECK(cgroup.files[file] == -1, "file %d of a folder that is gone", file);
    CHECK(!cgroup_read(&cgroup, USAGE_FILE, NULL, &value) && value == 55 && !cgroup_write(&cgroup, MEMORY_LIMIT_FILE, 1), "%llu",
          (unsigned long long)value);
    char longer[5000];
    memset(longer, 'x', sizeof longer - 1);
    longer[0] = '/';
    longer[sizeof longer - 1] = 0;
    const struct settings too_long = { .unified = longer };
    cgroup_open(&cgroup, &too_long);
    CHECK(cgroup.files[USAGE_FILE] == -1, "a folder whose name is too long");
}

static void Limits_are_written_where_there_are_files_for_them(void)
{
    struct cgroup cgroup = open_with(true, "memory.max", "");
    CHECK(cgroup_is_limited(&cgroup) && cgroup_limit_memory(&cgroup, 123456), "v2");
    CHECK(strcmp(read_back("memory.max"), "123456") == 0, "%s", read_back("memory.max"));
    close_all(&cgroup);
    cgroup = open_with(false, "memory.limit_in_bytes", "");
    CHECK(cgroup_limit_memory(&cgroup, 4096) && strcmp(read_back("memory.limit_in_bytes"), "4096") == 0, "v1 without swap");
    close_all(&cgroup);
}

// Memory and swap must not be below memory at any moment: the kernel would refuse.
static void In_v1_the_limits_are_moved_in_the_order_that_the_kernel_takes(void)
{
    struct cgroup cgroup = open_with(false, "memory.limit_in_bytes", "100\n");
    int real = cgroup.files[SWAP_LIMIT_FILE];
    CHECK(real == -1, "no swap yet");
    // A swap file that refuses all: on the way up nothing is written before it, on the way down memory is.
    cgroup.files[SWAP_LIMIT_FILE] = openat(folder, "memory.limit_in_bytes", O_RDONLY);
    CHECK(!cgroup_limit_memory(&cgroup, 900) && strcmp(read_back("memory.limit_in_bytes"), "100\n") == 0, "up: %s",
          read_back("memory.limit_in_bytes"));
    CHECK(!cgroup_limit_memory(&cgroup, 50) && strncmp(read_back("memory.limit_in_bytes"), "50", 2) == 0, "down: %s",
          read_back("memory.limit_in_bytes"));
    close_all(&cgroup);
}

static void Opening_forbids_swapping(void)
{
    const struct settings v1 = { .memory = base };
    const struct settings v2 = { .unified = base };
    struct cgroup cgroup;
    clear();
    put_text(folder, "memory.swappiness", "");
    cgroup_open(&cgroup, &v1);
    CHECK(strcmp(read_back("memory.swappiness"), "0") == 0, "v1: %s", read_back("memory.swappiness"));
    close_all(&cgroup);
    put_text(folder, "memory.swap.max", "");
    cgroup_open(&cgroup, &v2);
    CHECK(strcmp(read_back("memory.swap.max"), "0") == 0, "v2: %s", read_back("memory.swap.max"));
    close_all(&cgroup);
}

static void Hits_and_nearness_are_told_by_the_version_that_knows(void)
{
    struct cgroup cgroup = open_with(true, "memory.events", "max 5\noom 2\noom_kill 9\n");
    CHECK(cgroup_limit_hits(&cgroup) == 7 && !cgroup_was_near(&cgroup, 0), "v2");
    close_all(&cgroup);
    cgroup = open_with(false, "memory.max_usage_in_bytes", "10000000\n");
    CHECK(cgroup_limit_hits(&cgroup) == 0 && cgroup_was_near(&cgroup, 10000000) && cgroup_was_near(&cgroup, 11000000) &&
          !cgroup_was_near(&cgroup, 12000000), "v1");
    put_text(folder, "memory.memsw.max_usage_in_bytes", "20000000\n");
    close_all(&cgroup);
    const struct settings v1 = { .memory = base };
    cgroup_open(&cgroup, &v1);
    CHECK(cgroup_was_near(&cgroup, 20000000), "v1 with swap");
    close_all(&cgroup);
}

static void Attaching_says_which_folder_refused(void)
{
    const char *which = NULL;
    const struct settings some = { .memory = base, .pids = "/nonexistent/folder" };
    clear();
    put_text(folder, "cgroup.procs", "");
    CHECK(!cgroup_attach(&some, 77, &which) && strcmp(which, "/nonexistent/folder") == 0, "%s", which);
    CHECK(strcmp(read_back("cgroup.procs"), "77") == 0, "%s", read_back("cgroup.procs"));
    const struct settings none = { 0 };
    CHECK(cgroup_attach(&none, 77, &which), "nothing to attach to");
}

static void Cpu_time_is_the_cgroups_in_its_unit_less_our_own(void)
{
    struct agent agent = { .proc = -1 };
    struct timespec own;
    agent.cgroup = open_with(true, "cpu.stat", "usage_usec 50000000\nuser_usec 1\n");
    uint64_t got = tree_cpu_us(&agent);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
    CHECK(got <= 50000000 && got + (uint64_t)own.tv_sec * 1000000u + (uint64_t)own.tv_nsec / 1000u >= 50000000, "v2: %llu",
          (unsigned long long)got);
    close_all(&agent.cgroup);
    agent.cgroup = open_with(false, "cpuacct.usage", "50000000000\n");
    got = tree_cpu_us(&agent);
    CHECK(got <= 50000000 && got >= 40000000, "v1: %llu", (unsigned long long)got);
    close_all(&agent.cgroup);
    agent.cgroup = open_with(false, "cpuacct.usage", "1\n");
    CHECK(tree_cpu_us(&agent) == 0, "less than our own is none");
    close_all(&agent.cgroup);
}

// A /proc of our own making, in which a process may be called what it likes.
static void Cpu_time_without_a_cgroup_is_read_of_each_process(void)
{
    struct agent agent = { .proc = folder, .cgroup = open_with(true, "pids.max", "") };
    const uint64_t tick = 1000000u / (uint64_t)sysconf(_SC_CLK_TCK);
    const uint64_t before = tree_cpu_us(&agent);
    static const struct { const char *name, *stat; uint64_t ticks; } rows[] = {
        { "12", "12 (sh) S 1 1 1 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0", 100 },
        { "12", "12 (a) b) R (c) S 1 1 1 0 -1 4194560 1 2 3 4 1 2 3 4 20 0 1 0", 10 },
        { "12", "12 (sh) S 1 1", 0 }, { "12", "", 0 }, { "12", "no parenthesis at all", 0 }, { "12", ")", 0 },
        { "1", "1 (agent) S 1 1 1 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0", 0 },
        { "self", "12 (sh) S 1 1 1 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0", 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s/stat", rows[i].name);
        mkdirat(folder, rows[i].name, 0700);
        put_text(folder, path, rows[i].stat);
        uint64_t got = tree_cpu_us(&agent) - before;
        CHECK(got == rows[i].ticks * tick, "\"%s\" gave %llu", rows[i].stat, (unsigned long long)got);
        unlinkat(folder, path, 0);
        unlinkat(folder, rows[i].name, AT_REMOVEDIR);
    }
    close_all(&agent.cgroup);
}

static void put_thread(const char *process, const char *thread, const char *text)
{
    char path[128];
    mkdirat(folder, process, 0700);
    snprintf(path, sizeof path, "%s/task", process);
    mkdirat(folder, path, 0700);
    snprintf(path, sizeof path, "%s/task/%s", process, thread);
    mkdirat(folder, path, 0700);
    snprintf(path, sizeof path, "%s/task/%s/schedstat", process, thread);
    put_text(folder, path, text);
}

static void remove_thread(const char *process, const char *thread)
{
    char path[128];
    snprintf(path, sizeof path, "%s/task/%s/schedstat", process, thread);
    unlinkat(folder, path, 0);
    snprintf(path, sizeof path, "%s/task/%s", process, thread);
    unlinkat(folder, path, AT_REMOVEDIR);
    snprintf(path, sizeof path, "%s/task", process);
    unlinkat(folder, path, AT_REMOVEDIR);
    unlinkat(folder, process, AT_REMOVEDIR);
}

static void Waiting_is_that_of_the_first_thread_and_the_longest_of_another(void)
{
    struct agent agent = { .proc = folder, .resident.pid = 5 };
    clear();
    CHECK(waited_us(&agent, 2) == 0, "nobody");
    put_thread("2", "2", "1 5000000 3\n");
    put_thread("2", "3", "1 7000000 3\n");
    put_thread("2", "4", "broken\n");
    put_thread("5", "5", "1 900000000 3\n");
    put_thread("6", "6", "1 8000000 3\n");
    put_thread("1", "1", "1 900000000 3\n");
    CHECK(waited_us(&agent, 2) == 13000, "%llu", (unsigned long long)waited_us(&agent, 2));
    remove_thread("2", "4");
    remove_thread("2", "3");
    remove_thread("2", "2");
    remove_thread("5", "5");
    remove_thread("6", "6");
    remove_thread("1", "1");
    agent.proc = -1;
    CHECK(waited_us(&agent, 2) == 0, "no /proc");
}

int main(void)
{
    base = make_folder();
    folder = open_folder(base);
    RUN(Files_of_one_number_are_read);
    RUN(A_key_is_found_at_the_start_of_a_line_only);
    RUN(Files_larger_than_what_is_read_of_them_do_no_harm);
    RUN(What_is_not_there_is_not_read);
    RUN(Limits_are_written_where_there_are_files_for_them);
    RUN(In_v1_the_limits_are_moved_in_the_order_that_the_kernel_takes);
    RUN(Opening_forbids_swapping);
    RUN(Hits_and_nearness_are_told_by_the_version_that_knows);
    RUN(Attaching_says_which_folder_refused);
    RUN(Cpu_time_is_the_cgroups_in_its_unit_less_our_own);
    RUN(Cpu_time_without_a_cgroup_is_read_of_each_process);
    RUN(Waiting_is_that_of_the_first_thread_and_the_longest_of_another);
    clear();
    close(folder);
    rmdir(base);
    free(base);
    return finish();
}
