// The resident: a process of the slot that stays between runs, warm, under an id of its own. A zygote forks an
// interpreter for each run; a compiler's worker does the work itself. README.md has what the two say to each other.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <linux/capability.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runner.h"

#define READY_MS 60000
#define ANSWER_MS 30000
#define CONTROL 3  // its end of the socket
#define PROC 4     // for a zygote, a /proc that it can write to

static void give_up(const char *what)
{
    dprintf(2, "%s: %s", what, strerror(errno));
    _exit(70);
}

// A zygote keeps what it takes to become the candidate, and nothing else; a worker nothing at all.
static void shed(const struct agent *agent, bool forks)
{
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct kept[2] = { { 0 }, { 0 } };
    uid_t id = agent->candidate + 1;
    for (unsigned long capability = 0; forks; capability++)
        if (capability != CAP_SETUID && capability != CAP_SETGID && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
            break;
    if (forks)
        kept[0].permitted = kept[0].effective = 1u << CAP_SETUID | 1u << CAP_SETGID;
    else if (setresgid(id, id, id) != 0 || setresuid(id, id, id) != 0)
        give_up("setresuid");
    if (syscall(SYS_capset, &header, kept) != 0)
        give_up("capset");
}

static void become_resident(const struct agent *agent, const struct settings *settings, int control, int words)
{
    const struct rlimit core = { 1, 1 }, stack = { 64u << 20, 64u << 20 };
    sigset_t none;
    char *environment[MAX_RESIDENT + 4], own[32];
    size_t count = 0;
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int proc = fcntl(agent->proc, F_DUPFD, 16);
    control = fcntl(control, F_DUPFD, 16);
    words = fcntl(words, F_DUPFD, 16);
    if (null < 0 || proc < 0 || control < 0 || words < 0 || dup2(null, 0) != 0 || dup2(words, 1) != 1 ||
        dup2(words, 2) != 2 || dup2(control, CONTROL) != CONTROL || dup2(proc, PROC) != PROC)
        give_up("dup2");
    // A worker is the first in line when memory runs out; a zygote's children are, by what it does with our /proc.
    int file = settings->resident_forks ? -1 : openat(PROC, "self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (!settings->resident_forks && (file < 0 || write(file, "1000", 4) != 4))
        give_up("oom_score_adj");
    close_from(settings->resident_forks ? PROC + 1 : PROC);
    setsid();
    umask(022);
    setrlimit(RLIMIT_CORE, &core);
    // What threads get for a stack is read when a program starts: a fork's is that of its zygote.
    setrlimit(RLIMIT_STACK, &stack);
    shed(agent, settings->resident_forks);
    if (chdir("/") != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !install_filter())
        give_up("the filter of system calls");
    for (; settings->resident_env[count]; count++)
        environment[count] = (char *)(uintptr_t)settings->resident_env[count];
    environment[count++] = "RESIDENT_FD=3";
    if (settings->resident_forks)
        environment[count++] = "RESIDENT_PROC=4";
    snprintf(own, sizeof own, "RESIDENT_UID=%u", (unsigned)agent->candidate + 1);
    environment[count++] = own;
    environment[count] = NULL;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(settings->resident[0], (char **)(uintptr_t)settings->resident, environment);
    give_up(settings->resident[0]);
}

// Before we give up for good what a zygote needs.
void resident_start(struct agent *agent, const struct settings *settings)
{
    int control[2], words[2];
    // With one id for all, a program could end it, or be it.
    if (!settings->resident[0] || !agent->two_ids)
        return;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) != 0 || pipe2(words, O_CLOEXEC | O_NONBLOCK) != 0)
        broken(agent->output, "a socket pair: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0)
        broken(agent->output, "fork: %s", strerror(errno));
    if (pid == 0) {
        prctl(PR_SET_DUMPABLE, 1);
        become_resident(agent, settings, control[1], words[1]);
    }
    close(control[1]);
    close(words[1]);
    agent->resident = (struct resident){ .pid = pid, .control = control[0], .words = words[0], .forks = settings->resident_forks };
}

// Its next packet as text; false where none came in time, or it is gone.
static bool hear(const struct agent *agent, char *text, size_t room, int patience_ms)
{
    struct pollfd end = { .fd = agent->resident.control, .events = POLLIN };
    int ready;
    while ((ready = poll(&end, 1, patience_ms)) < 0 && errno == EINTR)
        ;
    ssize_t length = ready > 0 ? recv(agent->resident.control, text, room - 1, MSG_DONTWAIT) : -1;
    text[length > 0 ? length : 0] = 0;
    return length > 0;
}

void resident_await(struct agent *agent)
{
    char text[400];
    if (agent->resident.pid == 0 || (hear(agent, text, sizeof text, READY_MS) && strcmp(text, "ready") == 0))
        return;
    ssize_t length = read(agent->resident.words, text, sizeof text - 1);
    text[length > 0 ? length : 0] = 0;
    broken(agent->output, "the resident did not get ready: %s", text);
}

static bool pass(int socket, const char *text, const int *files, size_t count)
{
    char room[CMSG_SPACE(5 * sizeof(int))] = { 0 };
    struct iovec bytes = { (void *)(uintptr_t)text, strlen(text) };
    struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = room, .msg_controllen = CMSG_SPACE(count * sizeof(int)) };
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(count * sizeof(int));
    memcpy(CMSG_DATA(header), files, count * sizeof(int));
    return sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)bytes.iov_len;
}

// Null once its process has begun, or what is wrong.
const char *resident_run(const struct agent *agent, const struct request *request, const struct child_ends *ends, pid_t *pid)
{
    static char text[200];
    const int files[5] = { ends->input, ends->output, ends->error, ends->failure, ends->report };
    bool whole = cgroup_is_limited(&agent->cgroup) || cgroup_is_watched(&agent->cgroup);
    uint64_t processes = agent->cgroup.files[PIDS_MAX_FILE] >= 0 ? request->processes * 2 + 64 : request->processes;
    int first;
    snprintf(text, sizeof text, "run %" PRIu32 " %u %u %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRIu32 " %u", request->id,
             (unsigned)agent->candidate, (unsigned)agent->candidate, request->cpu_us / 1000000 + 2, request->file_bytes,
             processes, whole ? (int64_t)-1 : (int64_t)request->memory, request->open_files, whole ? 64u << 20 : 8u << 20);
    if (!pass(agent->resident.control, text, files, ends->report >= 0 ? 5 : 4))
        return "it does not listen";
    if (!hear(agent, text, sizeof text, ANSWER_MS))
        return "it did not answer";
    if (sscanf(text, "started %d", &first) != 1 || first <= 1)
        return text;
    *pid = first;
    return NULL;
}

// Whether it has said by now how the run's process ended.
bool resident_ended(const struct agent *agent, int *status, struct rusage *usage)
{
    char text[200];
    uint64_t user, system;
    long largest;
    if (!hear(agent, text, sizeof text, 0) ||
        sscanf(text, "ended %d %" SCNu64 " %" SCNu64 " %ld", status, &user, &system, &largest) != 4)
        return false;
    memset(usage, 0, sizeof *usage);
    usage->ru_utime = (struct timeval){ (time_t)(user / 1000000), (suseconds_t)(user % 1000000) };
    usage->ru_stime = (struct timeval){ (time_t)(system / 1000000), (suseconds_t)(system % 1000000) };
    usage->ru_maxrss = largest;
    return true;
}
