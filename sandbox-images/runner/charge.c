// What a run is charged with: processor time, and wall time without what others took from it.
#define _GNU_SOURCE
#include <stdio.h>

#include "run.h"

#define START_CPU_US 2000u  // what a process of ours takes, at most, from its fork until it is the program
#define TALK_US 1000000u    // without a word, after which nobody is in the middle of a conversation

uint64_t cpu_since(uint64_t before)
{
    uint64_t now = tree_cpu_us(run.agent);
    return now > before ? now - before : 0;
}

void look_at_waiting(uint64_t wall_us)
{
    uint64_t waited = waited_us(run.agent, run.main);
    if (waited > run.waited)
        run.waited = waited;
    run.looked_wall = wall_us;
}

bool is_charged_in_full(uint64_t wall_us)
{
    return wall_us >= run.request->wall_us + run.waited;
}

// User and system time of all processes: the cgroup knows the sum, what we reaped knows how it divides.
void settle_times(uint64_t cpu_us, uint64_t asked, uint64_t began)
{
    uint64_t reaped = run.user_us + run.system_us;
    uint64_t all = run.agent->cgroup.files[CPU_FILE] >= 0 || cpu_us > reaped ? cpu_us : reaped;
    // Where others had our processor, the program had begun before we took the reading that it is counted from.
    // So it had where little of what a short one took came after that reading.
    bool late = reaped > all + START_CPU_US || all < reaped / 4;
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
void excuse_starved(void)
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
