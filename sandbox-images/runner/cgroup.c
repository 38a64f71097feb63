// The slot's cgroups, through descriptors that were opened while the host's tree could still be seen.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "runner.h"

#define LIMIT_MARGIN (1u << 20)

static int open_in(const char *folder, const char *name, int flags)
{
    char path[PATH_MAX];
    if (!folder || snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return -1;
    return open(path, flags | O_CLOEXEC);
}

static const struct { const char *unified, *legacy; int flags; } names[CGROUP_FILES] = {
    [MEMORY_LIMIT_FILE] = { "memory.max", "memory.limit_in_bytes", O_RDWR },
    [SWAP_LIMIT_FILE] = { "memory.swap.max", "memory.memsw.limit_in_bytes", O_RDWR },
    [USAGE_FILE] = { "memory.current", "memory.usage_in_bytes", O_RDONLY },
    [PEAK_FILE] = { "memory.peak", "memory.max_usage_in_bytes", O_RDWR },
    [SWAP_PEAK_FILE] = { NULL, "memory.memsw.max_usage_in_bytes", O_RDWR },
    [EVENTS_FILE] = { "memory.events", "memory.oom_control", O_RDONLY },
    [PIDS_MAX_FILE] = { "pids.max", "pids.max", O_RDWR },
    [PIDS_EVENTS_FILE] = { "pids.events", "pids.events", O_RDONLY },
    [PIDS_CURRENT_FILE] = { "pids.current", "pids.current", O_RDONLY },
    [CPU_FILE] = { "cpu.stat", "cpuacct.usage", O_RDONLY },
};

static void open_all(struct cgroup *cgroup, const struct settings *folders, bool read_only)
{
    const char *all = folders->unified;
    cgroup->unified = all != NULL;
    for (int file = 0; file < CGROUP_FILES; file++) {
        const char *legacy = file == CPU_FILE ? folders->cpuacct : file >= PIDS_MAX_FILE ? folders->pids : folders->memory;
        const char *name = all ? names[file].unified : names[file].legacy;
        bool changes = file == MEMORY_LIMIT_FILE || file == SWAP_LIMIT_FILE || file == PIDS_MAX_FILE;
        bool wanted = name && !(read_only && changes);
        cgroup->files[file] = wanted ? open_in(all ? all : legacy, name, read_only ? O_RDONLY : names[file].flags) : -1;
    }
}

void cgroup_open(struct cgroup *cgroup, const struct settings *settings)
{
    open_all(cgroup, settings, false);
    if (settings->unified)
        cgroup_write(cgroup, SWAP_LIMIT_FILE, 0);
    else {
        int swappiness = open_in(settings->memory, "memory.swappiness", O_WRONLY);
        write_number(swappiness, 0);
        if (swappiness >= 0)
            close(swappiness);
    }
}

// In a container whose cgroup only its engine can change: it is read, and a run's own limits are watched.
void cgroup_open_own(struct cgroup *cgroup)
{
    const struct settings unified = { .unified = "/sys/fs/cgroup" };
    const struct settings legacy = {
        .memory = "/sys/fs/cgroup/memory", .pids = "/sys/fs/cgroup/pids", .cpuacct = "/sys/fs/cgroup/cpuacct"
    };
    open_all(cgroup, access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0 ? &unified : &legacy, true);
}

bool cgroup_is_limited(const struct cgroup *cgroup) { return cgroup->files[MEMORY_LIMIT_FILE] >= 0; }

bool cgroup_is_watched(const struct cgroup *cgroup) { return !cgroup_is_limited(cgroup) && cgroup->files[USAGE_FILE] >= 0; }

bool cgroup_attach(const struct settings *settings, pid_t pid, const char **which)
{
    const char *folders[] = { settings->unified, settings->memory, settings->pids, settings->cpuacct, settings->cpu };
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (!folders[i])
            continue;
        *which = folders[i];
        int file = open_in(folders[i], "cgroup.procs", O_WRONLY);
        bool done = write_number(file, (uint64_t)pid);
        int error = errno;
        if (file >= 0)
            close(file);
        errno = error;
        if (!done)
            return false;
    }
    return true;
}

bool write_number(int file, uint64_t value)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return file >= 0 && pwrite(file, text, (size_t)length, 0) == length;
}

bool cgroup_write(const struct cgroup *cgroup, enum cgroup_file file, uint64_t value)
{
    return write_number(cgroup->files[file], value);
}

// The number after the key at the start of a line, or the file's one number where there is no key.
bool cgroup_read(const struct cgroup *cgroup, enum cgroup_file file, const char *key, uint64_t *value)
{
    char text[1024];
    ssize_t length = cgroup->files[file] < 0 ? -1 : pread(cgroup->files[file], text, sizeof text - 1, 0);
    if (length <= 0)
        return false;
    text[length] = 0;
    const char *at = text;
    size_t key_length = key ? strlen(key) : 0;
    while (key && !(strncmp(at, key, key_length) == 0 && at[key_length] == ' ')) {
        at = strchr(at, '\n');
        if (!at)
            return false;
        at++;
    }
    *value = strtoull(at + key_length, NULL, 10);
    return true;
}

// Memory and swap together have one limit in v1, which must never be below the memory's: hence the order.
bool cgroup_limit_memory(const struct cgroup *cgroup, uint64_t bytes)
{
    uint64_t before = 0;
    if (cgroup->unified || cgroup->files[SWAP_LIMIT_FILE] < 0)
        return cgroup_write(cgroup, MEMORY_LIMIT_FILE, bytes);
    cgroup_read(cgroup, MEMORY_LIMIT_FILE, NULL, &before);
    enum cgroup_file first = bytes > before ? SWAP_LIMIT_FILE : MEMORY_LIMIT_FILE;
    enum cgroup_file second = bytes > before ? MEMORY_LIMIT_FILE : SWAP_LIMIT_FILE;
    return cgroup_write(cgroup, first, bytes) && cgroup_write(cgroup, second, bytes);
}

// How often the slot's own limit was reached, as v2 counts it. Kills alone do not tell: those for want of memory on the
// whole host, or in a group above ours, are counted with them.
uint64_t cgroup_limit_hits(const struct cgroup *cgroup)
{
    uint64_t reclaims = 0, kills = 0;
    if (cgroup->unified) {
        cgroup_read(cgroup, EVENTS_FILE, "max", &reclaims);
        cgroup_read(cgroup, EVENTS_FILE, "oom", &kills);
    }
    return reclaims + kills;
}

// The same for v1, whose memory.failcnt stays 0 on young kernels (seen on 6.18): whether memory came to the limit.
bool cgroup_was_near(const struct cgroup *cgroup, uint64_t bytes)
{
    uint64_t peak = 0, swap_peak = 0;
    if (cgroup->unified)
        return false;
    cgroup_read(cgroup, PEAK_FILE, NULL, &peak);
    cgroup_read(cgroup, SWAP_PEAK_FILE, NULL, &swap_peak);
    return (peak > swap_peak ? peak : swap_peak) + LIMIT_MARGIN >= bytes;
}

// Where no cgroup counts: all living processes of the namespace with what they reaped, and what we reaped.
// A process whose parent lets the kernel reap it is missed.
static uint64_t summed_cpu_us(const struct agent *agent)
{
    struct rusage reaped;
    getrusage(RUSAGE_CHILDREN, &reaped);
    uint64_t sum = (uint64_t)(reaped.ru_utime.tv_sec + reaped.ru_stime.tv_sec) * 1000000u +
                   (uint64_t)(reaped.ru_utime.tv_usec + reaped.ru_stime.tv_usec);
    int folder = openat(agent->proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = folder < 0 ? NULL : fdopendir(folder);
    if (!list)
        return sum;
    long tick = sysconf(_SC_CLK_TCK);
    for (struct dirent *entry; (entry = readdir(list));) {
        char path[64], text[1024];
        long pid = strtol(entry->d_name, NULL, 10);
        if (pid <= 1)
            continue;
        snprintf(path, sizeof path, "%ld/stat", pid);
        int file = openat(agent->proc, path, O_RDONLY | O_CLOEXEC);
        ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
        if (file >= 0)
            close(file);
        text[length > 0 ? length : 0] = 0;
        const char *after = strrchr(text, ')');
        unsigned long long user, system;
        long long child_user, child_system;
        if (after && sscanf(after + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %lld %lld", &user, &system,
                            &child_user, &child_system) == 4)
            sum += (user + system + (unsigned long long)(child_user + child_system)) * 1000000u / (uint64_t)tick;
    }
    closedir(list);
    return sum;
}

// CPU time of everything in the slot but this agent, since the slot began.
uint64_t tree_cpu_us(const struct agent *agent)
{
    uint64_t value;
    struct timespec own;
    // Our own clock first: reading it makes the kernel settle what we used with the cgroup.
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
    if (!cgroup_read(&agent->cgroup, CPU_FILE, agent->cgroup.unified ? "usage_usec" : NULL, &value))
        return summed_cpu_us(agent);
    if (!agent->cgroup.unified)
        value /= 1000;
    uint64_t own_us = (uint64_t)own.tv_sec * 1000000u + (uint64_t)own.tv_nsec / 1000u;
    return value > own_us ? value - own_us : 0;
}
