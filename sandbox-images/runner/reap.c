// The end of a run: who of it has ended, and how; and the end of all that is left of it.
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run.h"

static void count(pid_t pid, int status, const struct rusage *usage)
{
    if (pid == run.agent->resident.pid) {
        // It cannot be had back: a worker's program is over with it, a zygote's is not known.
        run.zygote_ended = run.by_resident && !run.main_ended && run.agent->resident.forks;
        if (run.zygote_ended && !run.result->fault[0])
            snprintf(run.result->fault, sizeof run.result->fault, "the zygote ended with wait status %d", status);
        snprintf(run.result->anomaly, sizeof run.result->anomaly, "the resident ended");
        run.agent->resident.pid = 0;
        if (!run.by_resident || run.main_ended)
            return;
        run.main = pid;
    }
    run.user_us += (uint64_t)usage->ru_utime.tv_sec * 1000000u + (uint64_t)usage->ru_utime.tv_usec;
    run.system_us += (uint64_t)usage->ru_stime.tv_sec * 1000000u + (uint64_t)usage->ru_stime.tv_usec;
    if ((uint64_t)usage->ru_maxrss * 1024 > run.largest)
        run.largest = (uint64_t)usage->ru_maxrss * 1024;
    if (pid == run.main || pid == -1) {
        run.main_ended = true;
        run.result->wait_status = status;
    }
}

// Also those that the program's processes left to us. False once nobody is left.
bool reap(void)
{
    struct rusage usage;
    int status;
    pid_t pid;
    while ((pid = wait4(-1, &status, WNOHANG | __WALL, &usage)) > 0)
        count(pid, status, &usage);
    return pid == 0;
}

// What the resident says of the run's process: it is the one that reaps it.
void hear_resident(void)
{
    struct rusage usage;
    int status;
    if (run.by_resident && !run.main_ended && run.agent->resident.pid && resident_ended(run.agent, &status, &usage))
        count(run.main == run.agent->resident.pid ? -1 : run.main, status, &usage);
}

// Whether somebody of the run is left.
static bool is_populated(void)
{
    bool children = reap();
    hear_resident();
    if (run.agent->resident.pid == 0)
        return children;
    return (run.by_resident && !run.main_ended) || has_programs(run.agent);
}

void end_everything(void)
{
    struct signalfd_siginfo ignored;
    uint64_t give_up = now_us() + 20000000u;
    // A worker that is still at it would go on.
    if (run.by_resident && !run.main_ended && run.main == run.agent->resident.pid)
        kill(run.main, SIGKILL);
    kill_programs(run.agent);
    while (is_populated()) {
        struct pollfd child[2] = { { .fd = run.agent->signals, .events = POLLIN },
                                   { .fd = run.agent->resident.pid ? run.agent->resident.control : -1, .events = POLLIN } };
        if (now_us() > give_up) {
            snprintf(run.result->anomaly, sizeof run.result->anomaly, "a process did not die");
            return;
        }
        poll(child, 2, 10);
        while (read(run.agent->signals, &ignored, sizeof ignored) > 0)
            ;
        kill_programs(run.agent);
    }
}
