// While a run is going on: its limits, what it writes and reads, and what the server says of it.
#define _GNU_SOURCE
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "run.h"

#define MAX_REFUSALS 20  // a millisecond apart
#define WATCH_MS 3       // between two looks at memory that no cgroup of ours limits
#define LOOK_US 10000u   // between two looks at who waits for a processor
// The end of all patience with a machine that is busy with others. The server's deadline (Slot.cs) is after it.
#define HARD_END_US(wall_us) (4 * (wall_us) + 10000000u)

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

void watch_run(uint64_t began, uint64_t cpu_before)
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
