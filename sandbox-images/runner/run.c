// One run: start the program, watch it, end it, count it.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runner.h"

#define CHUNK (64u << 10)
#define REPORT_BYTES (64u << 10)
#define START_MS 30000
#define SEND_MS 60000
#define SLACK (1u << 20)
#define MAX_REFUSALS 20  // a millisecond apart
#define WATCH_MS 3         // between two looks at memory that no cgroup of ours limits
#define START_CPU_US 2000u // what a process of ours takes, at most, from its fork until it is the program
#define LOOK_US 10000u   // between two looks at who waits for a processor
#define TALK_US 1000000u   // without a word, after which nobody is in the middle of a conversation
// The end of all patience with a machine that is busy with others. The server's deadline (Slot.cs) is after it.
#define HARD_END_US(wall_us) (4 * (wall_us) + 10000000u)

enum { OUT, ERR, REPORT, STREAMS };

struct run {
    struct agent *agent;
    const struct request *request;
    struct result *result;
    pid_t main;
    bool main_ended;
    bool zygote_ended;
    bool by_resident;       // it is the resident's process that runs, and the resident that reaps it
    uint64_t memory_limit;  // still to be set, or 0
    unsigned refusals;      // times that it could not be: cgroup v1 refuses a limit below what is in use
    int streams[STREAMS];   // our ends, -1 once closed
    struct feed feed;
    bool talks;             // something came for it or from it,
    uint64_t talked;        // and at what wall time that was last so
    uint64_t written[STREAMS];
    uint64_t user_us, system_us, largest;
    uint64_t waited;        // for a processor, of the wall time so far: not charged
    uint64_t looked_wall;   // when that was looked at, and
    uint64_t look_at;       // the wall time at which the next look is due
    uint8_t frame[HEADER + 5 + CHUNK];  // the one output frame on its way
    size_t frame_length, frame_sent;
};

static struct run run;

static bool flush_some(void)
{
    while (run.frame_sent < run.frame_length) {
        ssize_t sent = write(run.agent->output, run.frame + run.frame_sent, run.frame_length - run.frame_sent);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            return false;
        if (sent <= 0)
            _exit(0);
        run.frame_sent += (size_t)sent;
    }
    run.frame_sent = run.frame_length = 0;
    return true;
}

static void flush_all(void)
{
    struct pollfd output = { .fd = run.agent->output, .events = POLLOUT };
    while (!flush_some())
        if (poll(&output, 1, SEND_MS) == 0)
            _exit(0);  // a server that does not listen for a minute is not there
}

static void send_output(int stream, size_t length)
{
    put32(run.frame, (uint32_t)(length + 5));
    run.frame[4] = FRAME_OUTPUT;
    put32(run.frame + HEADER, run.request->id);
    run.frame[HEADER + 4] = (uint8_t)stream;
    run.frame_length = HEADER + 5 + length;
    run.talks = true;
    flush_some();
}

static void tell_taken(void)
{
    if (run.frame_length == 0 && (run.frame_length = feed_report(&run.feed, run.request->id, run.frame)) > 0)
        flush_some();
}

// What another program reads meanwhile must not be cut off in silence.
static void see_output_limit(int stream)
{
    if (run.feed.streamed && stream != REPORT && !run.main_ended && run.result->cause == ENDED)
        run.result->cause = OUTPUT_LIMIT;
}

// Takes what is there of one stream and puts the part that is kept on its way. False where there was nothing.
static bool drain(int stream)
{
    uint8_t *bytes = run.frame + HEADER + 5;
    ssize_t got = read(run.streams[stream], bytes, CHUNK);
    if (got < 0)
        return errno == EINTR;
    if (got == 0) {
        close(run.streams[stream]);
        run.streams[stream] = -1;
        if (run.feed.streamed && stream == OUT)
            send_output(stream, 0);
        return false;
    }
    uint64_t keep = stream == REPORT ? REPORT_BYTES : run.request->output_bytes, before = run.written[stream];
    run.written[stream] += (uint64_t)got;
    if (run.written[stream] > keep)
        see_output_limit(stream);
    if (before >= keep)
        return true;
    send_output(stream, keep - before < (uint64_t)got ? (size_t)(keep - before) : (size_t)got);
    return true;
}

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
static bool reap(void)
{
    struct rusage usage;
    int status;
    pid_t pid;
    while ((pid = wait4(-1, &status, WNOHANG | __WALL, &usage)) > 0)
        count(pid, status, &usage);
    return pid == 0;
}

// What the resident says of the run's process: it is the one that reaps it.
static void hear_resident(void)
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

static void end_everything(void)
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

static bool fault(const char *what)
{
    snprintf(run.result->fault, sizeof run.result->fault, "%s: %s", what, strerror(errno));
    return false;
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

// The input is ours to hold.
static uint64_t memory_of(const struct request *request)
{
    return request->memory + run.agent->baseline + request->input_length + SLACK;
}

static bool reset_peak(void)
{
    cgroup_write(&run.agent->cgroup, SWAP_PEAK_FILE, 0);
    return cgroup_write(&run.agent->cgroup, PEAK_FILE, 0);
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

static bool start(void *frame, size_t frame_length)
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

static void read_input(size_t length, bool ours)
{
    const char *wrong = ours ? feed_refuses(&run.feed, length) : NULL;
    if (wrong)
        broken(run.agent->output, "%s", wrong);
    run.talks = true;
    if (!(ours ? feed_receive(&run.feed, run.agent->input, length) : feed_skip(run.agent->input, length)))
        _exit(0);
}

// While a program runs, only what it reads and what cancels it may come; that of an earlier run is passed over.
static void read_frame(void)
{
    uint8_t frame[HEADER + 4];
    if (!receive_all(run.agent->input, frame, sizeof frame))
        _exit(0);
    uint32_t length = get32(frame);
    bool ours = get32(frame + HEADER) == run.request->id;
    if (frame[4] == FRAME_INPUT && length >= 4 && length <= 4 + INPUT_WINDOW)
        read_input(length - 4, ours);
    else if (frame[4] != FRAME_CANCEL || length != 4)
        broken(run.agent->output, "a frame of type %u and %u bytes was not expected during a run", frame[4], length);
    else if (ours)
        run.result->cause = CANCELLED;
}

// Milliseconds until a limit can be reached: for CPU time, with all processors at work on it.
static int next_look(uint64_t cpu_us, uint64_t wall_us)
{
    static long processors;
    if (processors == 0)
        processors = sysconf(_SC_NPROCESSORS_ONLN) > 0 ? sysconf(_SC_NPROCESSORS_ONLN) : 1;
    uint64_t cpu_left = (run.request->cpu_us - cpu_us) / (uint64_t)processors;
    uint64_t wall_left = run.look_at > wall_us ? run.look_at - wall_us : 0;
    uint64_t left = (cpu_left < wall_left ? cpu_left : wall_left) / 1000 + 1;
    uint64_t most = run.memory_limit ? 1 : cgroup_is_watched(&run.agent->cgroup) ? WATCH_MS : 1000;
    return left > most ? (int)most : (int)left;
}

static uint64_t cpu_since(uint64_t before)
{
    uint64_t now = tree_cpu_us(run.agent);
    return now > before ? now - before : 0;
}

static void look_at_waiting(uint64_t wall_us)
{
    uint64_t waited = waited_us(run.agent, run.main);
    if (waited > run.waited)
        run.waited = waited;
    run.looked_wall = wall_us;
}

static bool is_charged_in_full(uint64_t wall_us)
{
    return wall_us >= run.request->wall_us + run.waited;
}

// Whether the wall time is over. Until the limit is reached nobody looks, so that an ordinary run pays nothing.
static bool is_late(uint64_t wall_us)
{
    uint64_t hard_end = HARD_END_US(run.request->wall_us);
    if (wall_us < run.look_at)
        return false;
    look_at_waiting(wall_us);
    if (is_charged_in_full(wall_us) || wall_us >= hard_end)
        return true;
    uint64_t left = run.request->wall_us + run.waited - wall_us;
    run.look_at = wall_us + (left > LOOK_US ? left : LOOK_US);
    if (run.look_at > hard_end)
        run.look_at = hard_end;
    return false;
}

static bool is_over_memory(void)
{
    uint64_t used = 0;
    return cgroup_is_watched(&run.agent->cgroup) && cgroup_read(&run.agent->cgroup, USAGE_FILE, NULL, &used) &&
           used > memory_of(run.request);
}

static void watch(uint64_t began, uint64_t cpu_before)
{
    struct signalfd_siginfo ignored;
    uint64_t cpu = 0, looked = 0;
    while (!run.main_ended && run.result->cause == ENDED) {
        uint64_t now = now_us(), wall = now - began;
        if (run.talks)
            run.talked = wall;
        run.talks = false;
        // Reading the clock of the tree costs more than a pass of this loop: not on each.
        if (now - looked >= 1000) {
            cpu = cpu_since(cpu_before);
            looked = now;
        }
        if (run.memory_limit && cgroup_limit_memory(&run.agent->cgroup, run.memory_limit))
            run.memory_limit = 0;
        else if (run.memory_limit && ++run.refusals > MAX_REFUSALS)
            break;
        if (is_over_memory()) {
            run.result->cause = MEMORY_LIMIT;
            break;
        }
        if (cpu >= run.request->cpu_us || is_late(wall)) {
            run.result->cause = cpu >= run.request->cpu_us ? CPU_LIMIT : WALL_LIMIT;
            break;
        }
        tell_taken();
        bool pending = run.frame_length > 0;
        struct pollfd ends[6 + STREAMS] = {
            { .fd = run.agent->input, .events = POLLIN },
            { .fd = run.agent->signals, .events = POLLIN },
            { .fd = run.agent->life, .events = POLLIN },
            { .fd = run.by_resident && run.agent->resident.pid ? run.agent->resident.control : -1, .events = POLLIN },
            { .fd = pending ? run.agent->output : -1, .events = POLLOUT },
            { .fd = run.feed.length > 0 ? run.feed.end : -1, .events = POLLOUT },
        };
        for (int i = 0; i < STREAMS; i++)
            ends[6 + i] = (struct pollfd){ .fd = pending ? -1 : run.streams[i], .events = POLLIN };
        if (poll(ends, 6 + STREAMS, next_look(cpu, wall)) < 0)
            continue;
        if (ends[2].revents)
            _exit(0);
        if (ends[4].revents)
            flush_some();
        if (ends[5].revents)
            feed_write(&run.feed);
        if (ends[0].revents)
            read_frame();
        for (int i = 0; i < STREAMS; i++)
            if (ends[6 + i].revents && run.frame_length == 0)
                drain(i);
        if (ends[1].revents || ends[3].revents) {
            while (read(run.agent->signals, &ignored, sizeof ignored) > 0)
                ;
            // The last chance to see what it waited: as long as nobody reaps it.
            wall = now_us() - began;
            if (wall >= run.request->wall_us && wall - run.looked_wall >= LOOK_US / 10)
                look_at_waiting(wall);
            reap();
            hear_resident();
        }
    }
}

// User and system time of all processes: the cgroup knows the sum, what we reaped knows how it divides.
static void settle_times(uint64_t cpu_us, uint64_t asked, uint64_t began)
{
    uint64_t reaped = run.user_us + run.system_us;
    uint64_t all = run.agent->cgroup.files[CPU_FILE] >= 0 || cpu_us > reaped ? cpu_us : reaped;
    // Where others had our processor, the program had begun before we took the reading that it is counted from.
    bool late = reaped > all + START_CPU_US;
    if (late)
        all = reaped;
    run.result->user_us = reaped ? (uint64_t)((double)all * ((double)run.user_us / (double)reaped)) : all;
    run.result->system_us = all - run.result->user_us;
    if (run.result->cause == ENDED && all >= run.request->cpu_us)
        run.result->cause = CPU_LIMIT;
    if (run.result->cause == ENDED && is_charged_in_full(run.result->wall_us))
        run.result->cause = WALL_LIMIT;
    // Told, and not charged: some of it was ours.
    if (late)
        run.result->wall_us += began - asked;
}

// A program that others kept from the processors until the hard end tells nothing of itself. One that stood in its own
// way, with more threads than there are processors, had much of a processor all the same: that is its wall time. And one
// in the middle of a conversation waits for a partner, of which nobody here knows what it waited for.
static void excuse_starved(void)
{
    struct result *result = run.result;
    uint64_t cpu_us = result->user_us + result->system_us;
    bool talks = run.feed.streamed && run.talked > result->wall_us / 2 && result->wall_us - run.talked < TALK_US;
    if (result->cause != WALL_LIMIT || (is_charged_in_full(result->wall_us) && !talks) || cpu_us >= result->wall_us / 4 || !is_overloaded())
        return;
    result->cause = STARVED;
    snprintf(result->fault, sizeof result->fault,
             "the machine is overloaded: the program got %.2f s of processor time in %.2f s", (double)cpu_us / 1e6,
             (double)result->wall_us / 1e6);
}

// Whether memory was over the limit between two looks: the mark that no run but this one can have set is above it.
static bool is_higher(uint64_t before, uint64_t peak, uint64_t limit)
{
    return cgroup_is_watched(&run.agent->cgroup) && peak > before && peak > limit;
}

void run_program(struct agent *agent, const struct request *request, void *frame, size_t frame_length,
                 struct result *result)
{
    const struct cgroup *cgroup = &agent->cgroup;
    uint64_t oom_before = 0, forks_before = 0, oom = 0, forks = 0, peak = 0, peak_before = 0, hits_before;
    bool full;
    memset(result, 0, sizeof *result);
    memset(&run, 0, offsetof(struct run, frame));
    run.frame_length = run.frame_sent = 0;
    run.agent = agent;
    run.request = request;
    run.result = result;
    result->id = request->id;
    run.feed.end = -1;
    run.look_at = request->wall_us;
    for (int i = 0; i < STREAMS; i++)
        run.streams[i] = -1;
    cgroup_read(cgroup, EVENTS_FILE, "oom_kill", &oom_before);
    cgroup_read(cgroup, PIDS_EVENTS_FILE, "max", &forks_before);
    hits_before = cgroup_limit_hits(cgroup);
    reset_peak();
    cgroup_read(cgroup, PEAK_FILE, NULL, &peak_before);
    uint64_t asked = now_us();
    bool started = start(frame, frame_length);
    full = cgroup_was_near(cgroup, memory_of(request));
    bool resettable = reset_peak();
    uint64_t began = now_us(), cpu_before = tree_cpu_us(agent), instructions_before = counted_instructions(agent);
    if (started)
        watch(began, cpu_before);
    result->wall_us = now_us() - began;
    feed_close(&run.feed);
    // What it takes to clean up is not the program's.
    full = full || cgroup_was_near(cgroup, memory_of(request));
    cgroup_read(cgroup, PEAK_FILE, NULL, &peak);
    // Only upwards while the run's memory is still held: cgroup v2 kills for a limit below what is in use.
    if (cgroup_is_limited(cgroup) && (run.memory_limit || request->memory < IDLE_MEMORY))
        cgroup_limit_memory(cgroup, IDLE_MEMORY + agent->baseline);
    bool over = is_higher(peak_before, peak, memory_of(request));
    end_everything();
    for (int i = 0; i < STREAMS; i++) {
        do
            flush_all();
        while (run.streams[i] >= 0 && drain(i));
        flush_all();
        if (run.streams[i] >= 0) {
            snprintf(result->anomaly, sizeof result->anomaly, "somebody still holds an output of the run");
            close(run.streams[i]);
        }
    }
    if (over && result->cause == ENDED)
        result->cause = MEMORY_LIMIT;
    settle_times(cpu_since(cpu_before), asked, began);
    uint64_t instructions = counted_instructions(agent);
    result->instructions = instructions > instructions_before ? instructions - instructions_before : 0;
    excuse_starved();
    cgroup_read(cgroup, EVENTS_FILE, "oom_kill", &oom);
    cgroup_read(cgroup, PIDS_EVENTS_FILE, "max", &forks);
    // Its files alone were over the limit that it was to get: v2 would have killed it then.
    bool refused = run.memory_limit && run.refusals > 0;
    result->oom_kills = oom - oom_before + (refused ? 1 : 0);
    // Candidates are first in line for whoever needs memory: for its own limit only if that was reached.
    if (result->oom_kills > 0 && !refused && !full && cgroup_limit_hits(cgroup) == hits_before) {
        result->oom_kills = 0;
        snprintf(result->fault, sizeof result->fault, "the program was killed for memory below its own limit: the host is short of it");
    }
    result->refused_forks = forks - forks_before;
    result->peak = (resettable || peak > peak_before) && peak > agent->idle ? peak - agent->idle : run.largest;
    result->out_bytes = run.written[OUT];
    result->err_bytes = run.written[ERR];
    // Killed for memory, its own, before it was the candidate's program: its files alone were too large. Or the zygote was
    // killed in its place.
    if ((!started || run.zygote_ended) && result->oom_kills > 0)
        result->fault[0] = 0;
}
