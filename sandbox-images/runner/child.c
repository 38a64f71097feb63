// From fork to exec: the steps by which a copy of the agent becomes the candidate's program.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sched.h>
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

// What no program of this slot may regain, whatever it executes. The agent keeps what it holds itself. In a container
// its engine has done as much: there we may not.
void drop_for_good(const struct agent *agent)
{
    for (unsigned long capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++)
        ;
    if (!agent->contained &&
        prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP_LOCKED |
                                     SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE |
                                     SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED) != 0)
        broken(agent->output, "securebits: %s", strerror(errno));
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        broken(agent->output, "no_new_privs: %s", strerror(errno));
}

// Every descriptor from this one on. An old filter of a container refuses the call that does it at once.
void close_from(unsigned first)
{
    if (syscall(SYS_close_range, first, ~0u, 0u) == 0)
        return;
    long most = sysconf(_SC_OPEN_MAX);
    for (long fd = (long)first; fd < most && fd < 65536; fd++)
        close((int)fd);
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
    close_from(FAILURE_END + 1u);
}

static void become_candidate(const struct agent *agent)
{
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct none[2] = { { 0 }, { 0 } };
    if (agent->two_ids &&
        (setresgid(agent->candidate, agent->candidate, agent->candidate) != 0 ||
         setresuid(agent->candidate, agent->candidate, agent->candidate) != 0))
        fail("setresuid", "");
    if (syscall(SYS_capset, &header, none) != 0)
        fail("capset", "");
}

static void limit(int which, uint64_t value)
{
    struct rlimit now, wanted = { value, value };
    if (setrlimit(which, &wanted) == 0)
        return;
    // Above what the host gave us we may not go.
    if (getrlimit(which, &now) != 0 || now.rlim_max >= value)
        fail("setrlimit", "");
    wanted.rlim_cur = wanted.rlim_max = now.rlim_max;
    if (setrlimit(which, &wanted) != 0)
        fail("setrlimit", "");
}

static void set_limits(const struct agent *agent, const struct request *request)
{
    bool whole = cgroup_is_limited(&agent->cgroup) || cgroup_is_watched(&agent->cgroup);
    limit(RLIMIT_CPU, request->cpu_us / 1000000 + 2);  // a backstop: the agent counts the whole tree
    limit(RLIMIT_FSIZE, request->file_bytes);
    limit(RLIMIT_NOFILE, request->open_files);
    limit(RLIMIT_CORE, 1);  // with 0 a core pattern that is a pipe still starts its program, on the host and as root
    limit(RLIMIT_STACK, whole ? 64u << 20 : 8u << 20);
    limit(RLIMIT_MEMLOCK, 64u << 10);
    limit(RLIMIT_MSGQUEUE, 0);
    limit(RLIMIT_SIGPENDING, 1024);
    limit(RLIMIT_NICE, 0);
    limit(RLIMIT_RTPRIO, 0);
    // Where a cgroup counts processes it shall be the one to refuse, for it tells us; this is then a backstop.
    uint64_t ours = agent->two_ids ? 0 : agent->counts_by_namespace ? 1 : 4096;
    limit(RLIMIT_NPROC, agent->cgroup.files[PIDS_MAX_FILE] >= 0 ? request->processes * 2 + 64 + ours : request->processes + ours);
    if (!whole)
        limit(RLIMIT_AS, request->memory);
}

static void enter(const struct agent *agent, const struct request *request, const struct child_ends *ends)
{
    failure_end = ends->failure;
    offer_to_oom_killer(agent);
    place_descriptors(ends);
    setsid();
    umask(022);
    become_candidate(agent);
    if (chdir(SCRATCH) != 0)
        fail("chdir", SCRATCH);
    const char *wrong = write_files(request);
    // Among files that are kept an earlier program may have put something in the way.
    if (wrong && (request->flags & FLAG_KEEP)) {
        dprintf(2, "%s: %s\n", wrong, strerror(errno));
        _exit(126);
    }
    if (wrong)
        fail("write", wrong);
}

// The files of a run that the resident starts, which cannot write where the candidate can.
void write_files_only(const struct agent *agent, const struct request *request, const struct child_ends *ends)
{
    enter(agent, request, ends);
    _exit(0);
}

// For measuring: a program that is moved between processors finds their caches cold.
static void pin(uint32_t number)
{
    cpu_set_t ours, one;
    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof ours, &ours) != 0 || CPU_COUNT(&ours) == 0)
        fail("sched_getaffinity", "");
    uint32_t skip = number % (uint32_t)CPU_COUNT(&ours);
    for (size_t processor = 0; processor < CPU_SETSIZE; processor++)
        if (CPU_ISSET(processor, &ours) && skip-- == 0) {
            CPU_SET(processor, &one);
            break;
        }
    if (sched_setaffinity(0, sizeof one, &one) != 0)
        fail("sched_setaffinity", "");
}

void become_program(const struct agent *agent, const struct request *request, const struct child_ends *ends)
{
    sigset_t none;
    enter(agent, request, ends);
    set_limits(agent, request);
    if (request->flags & FLAG_PIN)
        pin(PINNED_TO(request->flags));
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(request->argv[0], request->argv, request->envp);
    // What the candidate made, or had made, and the kernel cannot start is no fault of ours: an interpreter that is not
    // there, named in an odd section of its own.
    if (strncmp(request->argv[0], SCRATCH "/", sizeof SCRATCH) == 0) {
        dprintf(2, "%s: %s\n", request->argv[0], strerror(errno));
        _exit(126);
    }
    fail("exec", request->argv[0]);
    _exit(70);
}
