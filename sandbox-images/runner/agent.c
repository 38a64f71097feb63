// The agent: pid 1 of the slot's namespaces. It takes one request after the other until the server closes the socket.
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/signalfd.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "runner.h"

static bool alone;

// Whether this is pid 1 of a namespace that holds nobody else: no host's init ever is.
bool prove_own_namespace(int proc)
{
    int folder = openat(proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = folder < 0 ? NULL : fdopendir(folder);
    int others = 0, selves = 0;
    if (!list)
        return false;
    for (struct dirent *entry; (entry = readdir(list));) {
        if (!isdigit((unsigned char)entry->d_name[0]))
            continue;
        if (strcmp(entry->d_name, "1") == 0)
            selves++;
        else
            others++;
    }
    closedir(list);
    alone = getpid() == 1 && selves == 1 && others == 0;
    return alone;
}

// All of the namespace but us. On a host it would be all of the host: hence the test here, and not only at the start.
void kill_everything(void)
{
    if (!alone || getpid() != 1)
        _exit(70);
    kill(-1, SIGKILL);
}

static void wait_for_frame(const struct agent *agent)
{
    struct pollfd ends[2] = { { .fd = agent->socket, .events = POLLIN }, { .fd = agent->life, .events = POLLIN } };
    while (poll(ends, 2, -1) < 0 && errno == EINTR)
        ;
    if (ends[1].revents)
        _exit(0);
}

static void serve_one(struct agent *agent)
{
    uint8_t header[HEADER];
    struct request request;
    struct result result;
    wait_for_frame(agent);
    if (!receive_all(agent->socket, header, sizeof header))
        _exit(0);
    uint32_t length = get32(header);
    if (header[4] == FRAME_CANCEL && length == 4) {
        // It crossed the answer of the run it meant.
        uint8_t id[4];
        if (!receive_all(agent->socket, id, sizeof id))
            _exit(0);
        return;
    }
    if (header[4] != FRAME_RUN || length == 0 || length > MAX_FRAME)
        broken(agent->socket, "a frame of type %u and %u bytes was not expected", header[4], length);
    void *frame = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (frame == MAP_FAILED)
        broken(agent->socket, "no memory for a request of %u bytes", length);
    if (!receive_all(agent->socket, frame, length))
        _exit(0);
    const char *wrong = parse_request(frame, length, &request);
    if (wrong)
        broken(agent->socket, "%s", wrong);
    run_program(agent, &request, frame, length, &result);
    if (!result.anomaly[0] && wipe_scratch(agent, result.anomaly, sizeof result.anomaly))
        find_leftovers(agent, result.anomaly, sizeof result.anomaly);
    if (agent->cgroup.limit >= 0)
        cgroup_limit_memory(&agent->cgroup, IDLE_MEMORY);
    if (!send_result(agent->socket, &result))
        _exit(0);
}

static void say_hello(const struct agent *agent)
{
    uint8_t frame[HEADER + 8];
    uint32_t has = (agent->two_ids ? 1u : 0) | (agent->cgroup.limit >= 0 ? 2u : 0) | (agent->cgroup.pids_max >= 0 ? 4u : 0) |
                   (agent->cgroup.cpu >= 0 ? 8u : 0);
    put32(frame, 8);
    frame[4] = FRAME_HELLO;
    put32(frame + HEADER, PROTOCOL_VERSION);
    put32(frame + HEADER + 4, has);
    if (!send_all(agent->socket, frame, sizeof frame))
        _exit(0);
}

void agent_main(struct agent *agent)
{
    sigset_t set;
    struct utsname kernel;
    int major = 0, minor = 0;
    if (!prove_own_namespace(agent->proc))
        broken(agent->socket, "the agent is not alone in a process namespace of its own");
    // Blocked and read from a descriptor: a handler would make pid 1 open to signals of the programs it runs.
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    agent->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (agent->signals < 0)
        broken(agent->socket, "signalfd: %s", strerror(errno));
    // The same addresses in every run: what a program prints must not depend on where its objects lie.
    personality(ADDR_NO_RANDOMIZE);
    drop_for_good(agent->socket);
    if (!install_filter())
        broken(agent->socket, "seccomp: %s", strerror(errno));
    agent->counts_by_namespace = uname(&kernel) == 0 && sscanf(kernel.release, "%d.%d", &major, &minor) == 2 &&
                                 (major > 5 || (major == 5 && minor >= 14));
    // When the slot's memory is used up, we must not need a page: there may be nobody left to kill for it but us.
    mlockall(MCL_CURRENT);
    agent->scratch_files = scratch_used(agent, NULL);
    if (agent->cgroup.limit >= 0) {
        if (!cgroup_limit_memory(&agent->cgroup, IDLE_MEMORY))
            broken(agent->socket, "the memory limit cannot be set: %s", strerror(errno));
        cgroup_read(agent->cgroup.usage, NULL, &agent->baseline);
    }
    say_hello(agent);
    for (;;)
        serve_one(agent);
}
