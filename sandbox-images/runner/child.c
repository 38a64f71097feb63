// From fork to exec: the steps by which a copy of the agent becomes the candidate's program.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runner.h"

#define FAILURE_END 4  // just above the descriptors that the program gets

static int failure_end;

static void fail(const char *what, const char *which)
{
    char text[256];
    int length = snprintf(text, sizeof text, "%s %.150s: %s", what, which, strerror(errno));
    if (write(failure_end, text, (size_t)length) < 0)
        _exit(71);
    _exit(70);
}

// What no program of this slot may regain, whatever it executes. The agent keeps what it holds itself.
void drop_for_good(int socket)
{
    for (unsigned long capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++)
        ;
    if (prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP_LOCKED |
                                     SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE |
                                     SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED) != 0)
        broken(socket, "securebits: %s", strerror(errno));
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        broken(socket, "no_new_privs: %s", strerror(errno));
}

// First in line when memory runs out. Our memory must be open to ourselves for a moment, or /proc is closed to us.
static void offer_to_oom_killer(const struct agent *agent)
{
    prctl(PR_SET_DUMPABLE, 1);
    int file = openat(agent->proc, "self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    prctl(PR_SET_DUMPABLE, 0);
    if (file < 0 || write(file, "1000", 4) != 4)
        fail("write", "oom_score_adj");
    close(file);
}

static void place_descriptors(const struct child_ends *ends)
{
    int wanted[5] = { ends->input, ends->output, ends->error, ends->report, ends->failure };
    for (int i = 0; i < 5; i++)
        if (wanted[i] >= 0 && (wanted[i] = fcntl(wanted[i], F_DUPFD, 16)) < 0)
            _exit(71);
    for (int i = 0; i < 5; i++) {
        if (wanted[i] >= 0)
            dup2(wanted[i], i);
        else
            close(i);
    }
    failure_end = FAILURE_END;
    fcntl(failure_end, F_SETFD, FD_CLOEXEC);
    if (syscall(SYS_close_range, FAILURE_END + 1u, ~0u, 0u) != 0)
        fail("close_range", "");
}

static void become_candidate(const struct agent *agent)
{
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct none[2] = { { 0 }, { 0 } };
    if (agent->two_ids &&
        (setresgid(CANDIDATE_ID, CANDIDATE_ID, CANDIDATE_ID) != 0 || setresuid(CANDIDATE_ID, CANDIDATE_ID, CANDIDATE_ID) != 0))
        fail("setresuid", "");
    if (syscall(SYS_capset, &header, none) != 0)
        fail("capset", "");
}

static void make_folders(char *path)
{
    for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(path, 0755) != 0 && errno != EEXIST)
            fail("mkdir", path);
        *slash = '/';
    }
}

static void write_files(const struct request *request)
{
    const uint8_t *at = request->files, *end = at + request->files_length, *content;
    const char *path;
    uint32_t path_length;
    uint64_t length;
    char copy[PATH_MAX];
    for (uint32_t i = 0; i < request->file_count; i++) {
        if (!next_file(&at, end, &path, &path_length, &content, &length))
            fail("parse", "files");
        memcpy(copy, path, path_length + 1);
        make_folders(copy);
        int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
        if (file < 0)
            fail("create", path);
        while (length > 0) {
            ssize_t written = write(file, content, length);
            if (written <= 0)
                fail("write", path);
            content += written;
            length -= (uint64_t)written;
        }
        close(file);
    }
}

static void limit(int which, uint64_t value)
{
    struct rlimit now, wanted = { value, value };
    // Above what the host gave us we may not go.
    if (getrlimit(which, &now) == 0 && now.rlim_max != RLIM_INFINITY && now.rlim_max < value)
        wanted.rlim_cur = wanted.rlim_max = now.rlim_max;
    if (setrlimit(which, &wanted) != 0)
        fail("setrlimit", "");
}

static void set_limits(const struct agent *agent, const struct request *request)
{
    bool whole = agent->cgroup.limit >= 0;
    limit(RLIMIT_CPU, request->cpu_us / 1000000 + 2);  // a backstop: the agent counts the whole tree
    limit(RLIMIT_FSIZE, request->file_bytes);
    limit(RLIMIT_NOFILE, 512);
    limit(RLIMIT_CORE, 1);  // with 0 a core pattern that is a pipe still starts its program, on the host and as root
    limit(RLIMIT_STACK, whole ? 64u << 20 : 8u << 20);
    limit(RLIMIT_MEMLOCK, 64u << 10);
    limit(RLIMIT_MSGQUEUE, 0);
    limit(RLIMIT_SIGPENDING, 1024);
    limit(RLIMIT_NICE, 0);
    limit(RLIMIT_RTPRIO, 0);
    // Where a cgroup counts processes it shall be the one to refuse, for it tells us; this is then a backstop.
    uint64_t ours = agent->two_ids ? 0 : agent->counts_by_namespace ? 1 : 4096;
    limit(RLIMIT_NPROC, agent->cgroup.pids_max >= 0 ? request->processes * 2 + 64 + ours : request->processes + ours);
    if (!whole)
        limit(RLIMIT_AS, request->memory);
}

void become_program(const struct agent *agent, const struct request *request, const struct child_ends *ends)
{
    struct agent kept = *agent;
    sigset_t none;
    failure_end = ends->failure;
    offer_to_oom_killer(agent);
    place_descriptors(ends);
    setsid();
    umask(022);
    if (chdir(SCRATCH) != 0)
        fail("chdir", SCRATCH);
    become_candidate(&kept);
    write_files(request);
    set_limits(&kept, request);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(request->argv[0], request->argv, request->envp);
    fail("exec", request->argv[0]);
    _exit(70);
}
