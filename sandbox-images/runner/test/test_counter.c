// Counters that follow the children: tried with a clock, which every kernel counts, in place of instructions.
#define _GNU_SOURCE
#include <linux/perf_event.h>
#include <sys/wait.h>
#include <time.h>

#include "check.h"
#include "stubs.h"

static uint64_t own_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void work_for_ms(uint64_t ms)
{
    for (uint64_t end = own_ns() + ms * 1000000u; own_ns() < end;)
        ;
}

static void work_in_grandchild(uint64_t ms)
{
    pid_t child = fork();
    if (child == 0) {
        pid_t grandchild = fork();
        if (grandchild == 0) {
            work_for_ms(ms);
            _exit(0);
        }
        waitpid(grandchild, NULL, 0);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

static void instructions_are_counted_where_there_are_counters(void)
{
    struct agent agent = { .counters = { -1, -1 } };
    CHECK(counted_instructions(&agent) == 0, "without counters nothing is known");
    counters_open(&agent);
    work_in_grandchild(20);
    CHECK((counted_instructions(&agent) > 0) == (agent.counters[0] >= 0 && agent.counters[1] >= 0), "descriptors %d %d", agent.counters[0], agent.counters[1]);
}

static struct agent clocked;

static void what_this_process_does_is_not_counted(void)
{
    uint64_t before = counted_instructions(&clocked);
    work_for_ms(50);
    // The two clocks are not read at once: the difference may be a little below zero.
    int64_t counted = (int64_t)(counted_instructions(&clocked) - before);
    CHECK(counted < 10000000, "%lld ns", (long long)counted);
}

static void what_a_grandchild_did_is_counted_when_it_has_ended(void)
{
    uint64_t before = counted_instructions(&clocked);
    work_in_grandchild(50);
    uint64_t counted = counted_instructions(&clocked) - before;
    CHECK(counted >= 49000000u && counted < 100000000u, "%llu ns", (unsigned long long)counted);
}

int main(void)
{
    RUN(instructions_are_counted_where_there_are_counters);
    for (int i = 0; i < 2; i++)
        clocked.counters[i] = counter_open(PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK, i == 0);
    if (clocked.counters[0] < 0) {
        skip_test("counters that follow the children", "perf_event_open is not allowed here");
        return finish();
    }
    RUN(what_this_process_does_is_not_counted);
    RUN(what_a_grandchild_did_is_counted_when_it_has_ended);
    return finish();
}
