// The start of a run: its streams, its limits, and the process that becomes the program, of ours or of the resident's.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run.h"

#define START_MS 30000

static bool fault(const char *what)
{
    snprintf(run.result->fault, sizeof run.result->fault, "%s: %s", what, strerror(errno));
    return false;
}

static bool make_stream(int stream, int *theirs)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    run.streams[stream] = ends[0];
    *theirs = ends[1];
    return true;
}

static bool make_streams(struct child_ends *ends)
{
    // The candidate's, so that a program may open /dev/stdout, too.
    act_as_candidate(run.agent);
    bool made = make_stream(OUT, &ends->output) && make_stream(ERR, &ends->error) &&
                (!(run.request->flags & FLAG_REPORT) || make_stream(REPORT, &ends->report));
    act_as_agent(run.agent);
    return made;
}

// Waits until the program stands in place of our copy. Bytes on the pipe are its excuse.
static bool await_exec(int failure)
{
    struct pollfd end = { .fd = failure, .events = POLLIN };
    int ready;
    while ((ready = poll(&end, 1, START_MS)) < 0 && errno == EINTR)
        ;
    if (ready <= 0)
        return fault("the program did not start in time");
    ssize_t length = read(failure, run.result->fault, sizeof run.result->fault - 1);
    run.result->fault[length > 0 ? length : 0] = 0;
    return length == 0;
}

static bool set_cgroup(size_t frame_length)
{
    const struct cgroup *cgroup = &run.agent->cgroup;
    const struct request *request = run.request;
    uint64_t ours = 1;
    cgroup_read(cgroup, PIDS_CURRENT_FILE, NULL, &ours);
    if (cgroup->files[PIDS_MAX_FILE] >= 0 && !cgroup_write(cgroup, PIDS_MAX_FILE, request->processes + ours))
        return fault("pids.max");
    if (!cgroup_is_limited(cgroup))
        return true;
    // Until exec the frame that it came in is ours, too.
    run.memory_limit = memory_of(request);
    return cgroup_limit_memory(cgroup, run.memory_limit + 2 * frame_length) || fault("the memory limit");
}

// Whether the copy may share our memory until exec, which is far quicker than copying it. It must not need so much that the
// kernel looks for somebody to kill, for that would be us: its files are small beside any limit, and the scratch is empty
// before. That it opens this memory to its owner for a moment opens it to nobody: of our id only we are there.
static bool may_share_memory(void)
{
    return run.request->files_length <= SMALL_FILES && !(run.request->flags & FLAG_KEEP);
}

// The steps of one of our copies, until its program stands or it has done what it was made for.
static bool start_copy(struct child_ends *ends,
                       void (*become)(const struct agent *, const struct request *, const struct child_ends *), pid_t *pid)
{
    int failure[2];
    if (pipe2(failure, O_CLOEXEC) != 0)
        return fault("pipe");
    ends->failure = failure[1];
    *pid = may_share_memory() ? vfork() : fork();
    if (*pid == 0)
        become(run.agent, run.request, ends);
    bool done = *pid > 0 || fault("fork");
    close(failure[1]);
    done = done && await_exec(failure[0]);
    close(failure[0]);
    return done;
}

// Every run's program has the same process id, where we may choose.
static void reset_pids(void)
{
    int last = openat(run.agent->proc, "sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
    write_number(last, 1);
    if (last >= 0)
        close(last);
}

static bool start_by_resident(struct child_ends *ends)
{
    pid_t writer = -1;
    int failure[2];
    if (run.agent->resident.pid == 0)
        return fault("there is no resident in this slot");
    if (run.request->files_length <= SMALL_FILES) {
        const char *wrong = write_files_here(run.agent, run.request);
        if (wrong)
            return fault(wrong);
    } else {
        bool written = start_copy(ends, write_files_only, &writer);
        if (writer > 0)
            waitpid(writer, NULL, 0);
        if (!written)
            return false;
        reset_pids();
    }
    if (pipe2(failure, O_CLOEXEC) != 0)
        return fault("pipe");
    ends->failure = failure[1];
    const char *wrong = resident_run(run.agent, run.request, ends, &run.main);
    close(failure[1]);
    run.by_resident = true;
    if (wrong) {
        snprintf(run.result->fault, sizeof run.result->fault, "the resident: %s", wrong);
        // What it has made of the run it will not tell: there is nothing to wait for.
        kill(run.agent->resident.pid, SIGKILL);
    }
    bool done = !wrong && await_exec(failure[0]);
    close(failure[0]);
    return done;
}

bool start_run(void *frame, size_t frame_length)
{
    struct child_ends ends = { -1, -1, -1, -1, -1 };
    ends.input = open_input(run.agent, run.request, &run.feed);
    bool done = ends.input >= 0 && make_streams(&ends);
    if (!done)
        fault("a pipe or the input");
    else if ((done = set_cgroup(frame_length))) {
        reset_pids();
        done = run.request->flags & FLAG_RESIDENT ? start_by_resident(&ends) : start_copy(&ends, become_program, &run.main);
    }
    const int theirs[] = { ends.input, ends.output, ends.error, ends.report };
    for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
        if (theirs[i] >= 0)
            close(theirs[i]);
    munmap(frame, frame_length);
    return done;
}
