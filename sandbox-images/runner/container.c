// The agent as pid 1 of a container that an engine made: what is mounted, its ids and its cgroup are given.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/un.h>
#include <unistd.h>

#include "runner.h"

#define TMPFS 0x01021994

int connect_to(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof address.sun_path)
        return -1;
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    return -1;
}

// What our own standard streams were, no program of ours is ever to see.
bool silence(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    bool done = null >= 0 && dup2(null, 0) == 0 && dup2(null, 1) == 1 && dup2(null, 2) == 2;
    if (null > 2)
        close(null);
    return done;
}

static bool reach_server(struct agent *agent, const char *path)
{
    agent->input = path ? connect_to(path) : fcntl(0, F_DUPFD_CLOEXEC, 3);
    agent->output = path ? agent->input : fcntl(1, F_DUPFD_CLOEXEC, 3);
    if (agent->input >= 0 && agent->output >= 0 && silence())
        return true;
    fprintf(stderr, "sandbox-runner: %s: %s\n", path ? path : "standard streams", strerror(errno));
    return false;
}

// The first frame on a socket: which files of the slot's cgroup the server could open for us, and those files. Where it
// could not, we read what the container shows of it.
static void receive_cgroup(struct agent *agent)
{
    uint8_t frame[HEADER + 5];
    char room[CMSG_SPACE(CGROUP_FILES * sizeof(int))];
    struct iovec bytes = { frame, sizeof frame };
    struct msghdr message = { .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room };
    ssize_t got = recvmsg(agent->input, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
    if (got != (ssize_t)sizeof frame || get32(frame) != 5 || frame[4] != FRAME_CGROUP)
        broken(agent->output, "the first frame was not expected");
    uint32_t mask = get32(frame + HEADER);
    const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (mask == 0 || !header || header->cmsg_type != SCM_RIGHTS) {
        cgroup_open_own(&agent->cgroup);
        return;
    }
    size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int), next = 0;
    for (int file = 0; file < CGROUP_FILES; file++) {
        agent->cgroup.files[file] = -1;
        if (mask & 1u << file && next < count)
            memcpy(&agent->cgroup.files[file], CMSG_DATA(header) + sizeof(int) * next++, sizeof(int));
    }
    agent->cgroup.unified = frame[HEADER + 4] != 0;
}

static int open_scratch(const struct agent *agent)
{
    struct stat info;
    struct statfs fs;
    int fd = open(SCRATCH, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    act_as_candidate(agent);
    if (fd < 0)
        fd = open(SCRATCH, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    act_as_agent(agent);
    if (fd < 0 || fstat(fd, &info) != 0 || fstatfs(fd, &fs) != 0 || info.st_uid != agent->candidate || fs.f_type != TMPFS)
        broken(agent->output, SCRATCH " is no tmpfs of the candidate's");
    return fd;
}

int serve(const struct settings *settings)
{
    static struct agent agent = { .life = -1, .two_ids = true, .contained = true };
    if (getpid() != 1) {
        fputs("sandbox-runner: serves as the first process of a container, and nowhere else\n", stderr);
        return 1;
    }
    agent.candidate = (uid_t)settings->candidate_id;
    if (!reach_server(&agent, settings->socket))
        return 1;
    signal(SIGPIPE, SIG_DFL);
    umask(022);
    prctl(PR_SET_DUMPABLE, 0);
    if (setgroups(0, NULL) != 0)
        broken(agent.output, "setgroups: %s", strerror(errno));
    if (settings->socket)
        receive_cgroup(&agent);
    else
        cgroup_open_own(&agent.cgroup);
    agent.proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (agent.proc < 0)
        broken(agent.output, "/proc: %s", strerror(errno));
    agent.scratch = open_scratch(&agent);
    agent_main(&agent, settings);
}
