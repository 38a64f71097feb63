// One run, from the request to its result.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

#define SLACK (1u << 20)

struct run run;

// The input is ours to hold. What the new slot held and gave back since is not the program's: it counts from what is held now,
// as its peak is told.
uint64_t memory_of(const struct request *request)
{
    const struct agent *agent = run.agent;
    uint64_t held = agent->idle < agent->baseline ? agent->idle : agent->baseline;
    return request->memory + held + request->input_length + SLACK;
}

// What an earlier run held, the kernel may have given back only since it ended: that was not there to begin with.
static void settle_idle(struct agent *agent)
{
    uint64_t now = 0;
    if (cgroup_read(&agent->cgroup, USAGE_FILE, NULL, &now) && now < agent->idle)
        agent->idle = now;
}

static bool reset_peak(void)
{
    cgroup_write(&run.agent->cgroup, SWAP_PEAK_FILE, 0);
    return cgroup_write(&run.agent->cgroup, PEAK_FILE, 0);
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
    uint64_t oom_before = 0, forks_before = 0, oom = 0, forks = 0, peak = 0, peak_before = 0, peak_at_start = 0,
             hits_before;
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
    settle_idle(agent);
    reset_peak();
    cgroup_read(cgroup, PEAK_FILE, NULL, &peak_before);
    uint64_t asked = now_us();
    bool started = start_run(frame, frame_length);
    full = cgroup_was_near(cgroup, memory_of(request));
    cgroup_read(cgroup, PEAK_FILE, NULL, &peak_at_start);
    bool resettable = reset_peak();
    uint64_t began = now_us(), cpu_before = tree_cpu_us(agent), instructions_before = counted_instructions(agent);
    if (started)
        watch_run(began, cpu_before);
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
    // Where others had our processor, a short program may have run to its end before we came to look. What we read of the
    // request was ours.
    uint64_t ours = agent->idle + frame_length;
    if (resettable && peak_at_start > ours && peak_at_start - ours > result->peak)
        result->peak = peak_at_start - ours;
    result->out_bytes = run.written[OUT];
    result->err_bytes = run.written[ERR];
    // Killed for memory, its own, before it was the candidate's program: its files alone were too large. Or the zygote was
    // killed in its place.
    if ((!started || run.zygote_ended) && result->oom_kills > 0)
        result->fault[0] = 0;
}
