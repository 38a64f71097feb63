// What other programs on the machine take from a run: how long it stood in line for a processor.
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runner.h"

#define TRIAL_US 300000u

static DIR *list(const struct agent *agent, const char *path)
{
    int fd = openat(agent->proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (fd >= 0 && !folder)
        close(fd);
    return folder;
}

// The second number of a thread's schedstat, which is in nanoseconds; 0 where the kernel does not count.
static uint64_t waited_by(int tasks, const char *thread)
{
    char path[64], text[128];
    unsigned long long ran, waited;
    snprintf(path, sizeof path, "%.20s/schedstat", thread);
    int file = openat(tasks, path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    text[length > 0 ? length : 0] = 0;
    return sscanf(text, "%llu %llu", &ran, &waited) == 2 ? waited / 1000u : 0;
}

// That of the program's first thread and the longest of another one's together: the first often waits for another's
// result, and then the run is held up by what either of them waits. What dead processes waited is not known.
uint64_t waited_us(const struct agent *agent, pid_t main)
{
    uint64_t first = 0, longest = 0;
    DIR *processes = list(agent, ".");
    for (struct dirent *process; processes && (process = readdir(processes));) {
        char path[64];
        if (!isdigit((unsigned char)process->d_name[0]) || strcmp(process->d_name, "1") == 0 ||
            atol(process->d_name) == (long)agent->resident.pid)
            continue;
        snprintf(path, sizeof path, "%.20s/task", process->d_name);
        DIR *threads = list(agent, path);
        for (struct dirent *thread; threads && (thread = readdir(threads));) {
            if (!isdigit((unsigned char)thread->d_name[0]))
                continue;
            uint64_t waited = waited_by(dirfd(threads), thread->d_name);
            if (atol(thread->d_name) == (long)main)
                first = waited;
            else if (waited > longest)
                longest = waited;
        }
        if (threads)
            closedir(threads);
    }
    if (processes)
        closedir(processes);
    return first + longest;
}

// Tried rather than read: alone in the slot, do we get so much as half a processor? The program has no say in this,
// while it can make its own waiting long, by giving up the processor each time that it has it.
bool is_overloaded(void)
{
    struct timespec before, after;
    uint64_t began = now_us(), now = began;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    while (now - began < TRIAL_US)
        now = now_us();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    int64_t got = (int64_t)(after.tv_sec - before.tv_sec) * 1000000 + (after.tv_nsec - before.tv_nsec) / 1000;
    return got < (int64_t)(now - began) / 2;
}
