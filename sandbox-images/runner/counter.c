// Instructions that the slot's programs retire, where the processor counts them and the kernel lets us ask: a count hardly
// varies from run to run, as times do.
#define _GNU_SOURCE
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runner.h"

// What this process does from now on in user mode and, if inherited, what its children and theirs do. -1 where it is not
// to be had: a virtual machine without counters, perf_event_paranoid, an engine's filter.
int counter_open(uint32_t type, uint64_t event, bool inherited)
{
    struct perf_event_attr what = {
        .type = type, .size = sizeof what, .config = event, .inherit = inherited, .exclude_kernel = 1, .exclude_hv = 1,
        .read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
    };
    return (int)syscall(SYS_perf_event_open, &what, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

// False where nothing was counted, or only now and then because others count as well: an estimate is of no use here.
static bool counted(int counter, uint64_t *count)
{
    uint64_t values[3];  // the count, and the time it was wanted and was done
    if (counter < 0 || read(counter, values, sizeof values) != sizeof values || values[1] == 0 || values[1] != values[2])
        return false;
    *count = values[0];
    return true;
}

void counters_open(struct agent *agent)
{
    agent->counters[0] = counter_open(PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, true);
    agent->counters[1] = counter_open(PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, false);
}

// Since the slot began, by everybody in it but this agent; 0 where it is not known.
uint64_t counted_instructions(const struct agent *agent)
{
    uint64_t all, ours;
    return counted(agent->counters[1], &ours) && counted(agent->counters[0], &all) && all > ours ? all - ours : 0;
}
