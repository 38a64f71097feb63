// What the parts under test ask of agent.c, run.c and main.c. Those are not linked into tests: the agent's way of ending
// programs is to signal all that it can see.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "stubs.h"

bool stub_has_programs;

void kill_programs(const struct agent *agent)
{
    (void)agent;
    puts("a test came to kill_programs, which must not be");
    abort();
}

bool has_programs(const struct agent *agent)
{
    (void)agent;
    return stub_has_programs;
}

void act_as_candidate(const struct agent *agent) { (void)agent; }
void act_as_agent(const struct agent *agent) { (void)agent; }

uint64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}
