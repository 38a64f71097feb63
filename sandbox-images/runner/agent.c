// The agent: pid 1 of the slot's namespaces. It takes one request after the other until the server closes its end.
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
#include <sys/fsuid.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
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

// Every program of the run: all of the namespace but us and the resident, which is spared by asking as the candidate,
// who may end only what is its own. On a host kill(-1) would be all of the host: hence the test here, and not only at
// the start.
void kill_programs(const struct agent *agent)
{
    if (!alone || getpid() != 1)
        _exit(70);
    if (agent->resident.pid == 0) {
        kill(-1, SIGKILL);
        return;
    }
    if (syscall(SYS_setresuid, agent->candidate, agent->candidate, AGENT_ID) != 0)
        _exit(70);
    kill(-1, SIGKILL);
    if (syscall(SYS_setresuid, AGENT_ID, AGENT_ID, AGENT_ID) != 0)
        _exit(70);
}

// Whether anybody but us and the resident is in the namespace.
bool has_programs(const struct agent *agent)
{
    int folder = openat(agent->proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = folder < 0 ? NULL : fdopendir(folder);
    bool any = list == NULL;
    for (struct dirent *entry; list && (entry = readdir(list));) {
        long pid = isdigit((unsigned char)entry->d_name[0]) ? atol(entry->d_name) : 0;
        any = any || (pid > 1 && pid != (long)agent->resident.pid);
    }
    if (list)
        closedir(list);
    return any;
}

// As the candidate we cannot be made to touch a file that it may not: our capabilities over files are gone meanwhile.
void act_as_candidate(const struct agent *agent)
{
    if (agent->two_ids) {
        setfsgid(agent->candidate);
        setfsuid(agent->candidate);
    }
}

void act_as_agent(const struct agent *agent)
{
    if (agent->two_ids) {
        setfsuid(AGENT_ID);
        setfsgid(AGENT_ID);
    }
}

static void wait_for_frame(const struct agent *agent)
{
    struct pollfd ends[2] = { { .fd = agent->input, .events = POLLIN }, { .fd = agent->life, .events = POLLIN } };
    while (poll(ends, 2, -1) < 0 && errno == EINTR)
        ;
    if (agent->life >= 0 && ends[1].revents)
        _exit(0);
}

static void serve_one(struct agent *agent)
{
    uint8_t header[HEADER];
    struct request request;
    struct result result;
    wait_for_frame(agent);
    if (!receive_all(agent->input, header, sizeof header))
        _exit(0);
    uint32_t length = get32(header);
    bool is_cancel = header[4] == FRAME_CANCEL && length == 4;
    if (is_cancel || (header[4] == FRAME_INPUT && length >= 4 && length <= 4 + INPUT_WINDOW)) {
        // It crossed the answer of the run it meant.
        if (!feed_skip(agent->input, length))
            _exit(0);
        return;
    }
    if (header[4] != FRAME_RUN || length == 0 || length > MAX_FRAME)
        broken(agent->output, "a frame of type %u and %u bytes was not expected", header[4], length);
    void *frame = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (frame == MAP_FAILED)
        broken(agent->output, "no memory for a request of %u bytes", length);
    if (!receive_all(agent->input, frame, length))
        _exit(0);
    const char *wrong = parse_request(frame, length, &request);
    if (wrong)
        broken(agent->output, "%s", wrong);
    run_program(agent, &request, frame, length, &result);
    if (!send_outputs(agent, &request))
        _exit(0);
    if (request.flags & FLAG_KEEP)
        open_scratch_again(agent);
    if (!result.anomaly[0] && ((request.flags & FLAG_KEEP) || wipe_scratch(agent, result.anomaly, sizeof result.anomaly)))
        find_leftovers(agent, (request.flags & FLAG_KEEP) != 0, result.anomaly, sizeof result.anomaly);
    if (cgroup_is_limited(&agent->cgroup))
        cgroup_limit_memory(&agent->cgroup, IDLE_MEMORY + agent->baseline);
    cgroup_read(&agent->cgroup, USAGE_FILE, NULL, &agent->idle);
    // What a worker learnt is not the next program's.
    if ((request.flags & FLAG_RESIDENT) && !agent->resident.forks)
        agent->baseline = agent->idle;
    if (!send_result(agent->output, &result))
        _exit(0);
}

static void say_hello(const struct agent *agent)
{
    uint8_t frame[HEADER + 8];
    const struct cgroup *cgroup = &agent->cgroup;
    uint32_t has = (agent->two_ids ? 1u : 0) | (cgroup_is_limited(cgroup) ? 2u : 0) |
                   (cgroup->files[PIDS_MAX_FILE] >= 0 ? 4u : 0) | (cgroup->files[CPU_FILE] >= 0 ? 8u : 0) |
                   (agent->resident.pid ? 16u : 0);
    put32(frame, 8);
    frame[4] = FRAME_HELLO;
    put32(frame + HEADER, PROTOCOL_VERSION);
    put32(frame + HEADER + 4, has);
    if (!send_all(agent->output, frame, sizeof frame))
        _exit(0);
}

void agent_main(struct agent *agent, const struct settings *settings)
{
    sigset_t set;
    struct utsname kernel;
    int major = 0, minor = 0;
    if (!prove_own_namespace(agent->proc))
        broken(agent->output, "the agent is not alone in a process namespace of its own");
    // No answer may keep us from looking at the program. As pid 1 we are deaf to SIGPIPE as long as it has its default.
    fcntl(agent->output, F_SETFL, O_NONBLOCK);
    // Blocked and read from a descriptor: a handler would make pid 1 open to signals of the programs it runs.
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    agent->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    sigaddset(&set, SIGPIPE);  // a server that is gone is seen by what write says
    sigprocmask(SIG_BLOCK, &set, NULL);
    if (agent->signals < 0)
        broken(agent->output, "signalfd: %s", strerror(errno));
    // The same addresses in every run: what a program prints must not depend on where its objects lie. Docker's filter
    // of system calls refuses it.
    personality(ADDR_NO_RANDOMIZE);
    counters_open(agent);  // of all that we start from now on
    resident_start(agent, settings);
    drop_for_good(agent);
    if (!install_filter())
        broken(agent->output, "seccomp: %s", strerror(errno));
    agent->counts_by_namespace = uname(&kernel) == 0 && sscanf(kernel.release, "%d.%d", &major, &minor) == 2 &&
                                 (major > 5 || (major == 5 && minor >= 14));
    // When the slot's memory is used up, we must not need a page: there may be nobody left to kill for it but us.
    mlockall(MCL_CURRENT);
    agent->scratch_files = scratch_used(agent, NULL);
    resident_await(agent);
    cgroup_read(&agent->cgroup, USAGE_FILE, NULL, &agent->baseline);
    agent->idle = agent->baseline;
    if (cgroup_is_limited(&agent->cgroup) && !cgroup_limit_memory(&agent->cgroup, IDLE_MEMORY + agent->baseline))
        broken(agent->output, "the memory limit cannot be set: %s", strerror(errno));
    say_hello(agent);
    for (;;)
        serve_one(agent);
}
