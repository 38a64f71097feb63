// Makes the namespaces, clones the agent as their pid 1, and stays outside to end it when the server ends.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <grp.h>
#include <unistd.h>

#include "runner.h"

static bool write_text(pid_t pid, const char *name, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    bool done = file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text);
    int error = errno;
    if (file >= 0)
        close(file);
    errno = error;
    return done;
}

// As root three host ids that nothing else has; else only our own, which needs setgroups to be denied first.
static bool map_ids(const struct settings *settings, pid_t pid)
{
    char map[96];
    if (settings->host_id >= 0) {
        snprintf(map, sizeof map, "%d %ld 1\n%d %ld 2\n", AGENT_ID, settings->host_id, CANDIDATE_ID, settings->host_id + 1);
        return write_text(pid, "gid_map", map) && write_text(pid, "uid_map", map);
    }
    if (!write_text(pid, "setgroups", "deny"))
        return false;
    snprintf(map, sizeof map, "%d %u 1\n", AGENT_ID, (unsigned)getegid());
    if (!write_text(pid, "gid_map", map))
        return false;
    snprintf(map, sizeof map, "%d %u 1\n", AGENT_ID, (unsigned)geteuid());
    return write_text(pid, "uid_map", map);
}

// Signals, descriptors and session must not depend on who started the server.
static int leave_the_server_behind(const struct settings *settings)
{
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < _NSIG; number++)
        signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    syscall(SYS_close_range, 3u, ~0u, 0u);
    setsid();
    umask(022);
    int server = (int)syscall(SYS_pidfd_open, (pid_t)settings->server, 0u);
    if (server >= 0)
        fcntl(server, F_SETFD, FD_CLOEXEC);
    // Should the server have died before, its number may be another's by now; it is our parent or nobody.
    return getppid() == (pid_t)settings->server ? server : -1;
}

// The first steps inside: become root of the new namespaces, tie our life to the launcher's, shed what is not needed.
static void start_agent(const struct settings *settings, struct agent *agent, int life, const struct stat *outer)
{
    char go;
    struct pollfd hangup = { .fd = life, .events = POLLIN };
    struct stat inner;
    if (read(life, &go, 1) != 1)
        _exit(1);
    agent->two_ids = settings->host_id >= 0;
    agent->candidate = agent->two_ids ? CANDIDATE_ID : AGENT_ID;
    agent->life = life;
    if (agent->two_ids && setgroups(0, NULL) != 0)
        broken(agent->output, "setgroups: %s", strerror(errno));
    if (setresgid(AGENT_ID, AGENT_ID, AGENT_ID) != 0 || setresuid(AGENT_ID, AGENT_ID, AGENT_ID) != 0)
        broken(agent->output, "setresuid: %s", strerror(errno));
    // After the change of ids, which clears it; and the launcher may have died before it was set.
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || poll(&hangup, 1, 0) != 0)
        _exit(1);
    prctl(PR_SET_DUMPABLE, 0);
    if (getpid() != 1 || stat("/proc/self/ns/pid", &inner) != 0 ||
        (inner.st_ino == outer->st_ino && inner.st_dev == outer->st_dev))
        broken(agent->output, "the agent is not alone in a process namespace of its own");
    if (unshare(CLONE_NEWCGROUP) != 0 && errno != EINVAL && errno != EPERM)
        broken(agent->output, "unshare: %s", strerror(errno));
    sethostname("sandbox", 7);
    build_root(agent->output, settings, &agent->scratch, &agent->proc, agent->two_ids);
    agent_main(agent, settings);
}

static void watch(int server, pid_t pid)
{
    int child = (int)syscall(SYS_pidfd_open, pid, 0u);
    struct pollfd ends[2] = { { .fd = server, .events = POLLIN }, { .fd = child, .events = POLLIN } };
    if (child >= 0)
        fcntl(child, F_SETFD, FD_CLOEXEC);
    while (child >= 0 && poll(ends, 2, -1) < 0 && errno == EINTR)
        ;
    // Either the server is gone, or the agent is, and then this does nothing: it is not reaped yet.
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

int launch(const struct settings *settings)
{
    static struct agent agent;
    const char *which = "";
    struct stat outer;
    int life[2];
    int server = leave_the_server_behind(settings);
    if (server < 0)
        return 1;
    agent.input = agent.output = connect_to(settings->socket);
    if (agent.input < 0) {
        fprintf(stderr, "sandbox-runner: %s: %s\n", settings->socket, strerror(errno));
        return 1;
    }
    if (!silence())
        return 1;
    cgroup_open(&agent.cgroup, settings);
    if (stat("/proc/self/ns/pid", &outer) != 0 || pipe2(life, O_CLOEXEC) != 0)
        broken(agent.output, "cannot see /proc/self/ns/pid: %s", strerror(errno));
    unsigned long fresh = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
    pid_t pid = (pid_t)syscall(SYS_clone, fresh | SIGCHLD, 0, 0, 0, 0);
    if (pid < 0)
        broken(agent.output, "clone with new namespaces: %s", strerror(errno));
    if (pid == 0) {
        close(life[1]);
        close(server);
        start_agent(settings, &agent, life[0], &outer);
        _exit(1);
    }
    close(life[0]);
    bool ready = false;
    if (!map_ids(settings, pid))
        which = "uid_map";
    else if (cgroup_attach(settings, pid, &which))
        ready = true;
    if (!ready) {
        int error = errno;
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        broken(agent.output, "%s: %s", which, strerror(error));
    }
    if (write(life[1], "g", 1) != 1)
        kill(pid, SIGKILL);
    close(agent.input);
    watch(server, pid);
    return 0;
}
