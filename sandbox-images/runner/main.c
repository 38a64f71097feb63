// The runner's entry: reads its settings, key=value each, and starts a slot.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runner.h"

uint64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

static bool is(const char *argument, const char *key, const char **value)
{
    size_t length = strlen(key);
    if (strncmp(argument, key, length) != 0 || argument[length] != '=')
        return false;
    *value = argument + length + 1;
    return true;
}

static bool add(const char **list, const char *value)
{
    size_t count = 0;
    while (list[count])
        count++;
    if (count >= MAX_RESIDENT)
        return false;
    list[count] = value;
    return true;
}

int main(int argc, char **argv)
{
    static struct settings settings = { .host_id = -1, .candidate_id = -1, .scratch_mb = 64, .scratch_inodes = 4096 };
    bool contained = argc > 1 && strcmp(argv[1], "serve") == 0;
    if (argc < 2 || (!contained && strcmp(argv[1], "launch") != 0)) {
        fputs("sandbox-runner: started by RewardServer; not for use by hand\n", stderr);
        return 64;
    }
    for (int i = 2; i < argc; i++) {
        const char *value;
        if (is(argv[i], "socket", &value)) settings.socket = value;
        else if (is(argv[i], "server", &value)) settings.server = atol(value);
        else if (is(argv[i], "host-id", &value)) settings.host_id = atol(value);
        else if (is(argv[i], "scratch-mb", &value)) settings.scratch_mb = atol(value);
        else if (is(argv[i], "scratch-inodes", &value)) settings.scratch_inodes = atol(value);
        else if (is(argv[i], "memory", &value)) settings.memory = value;
        else if (is(argv[i], "pids", &value)) settings.pids = value;
        else if (is(argv[i], "cpuacct", &value)) settings.cpuacct = value;
        else if (is(argv[i], "cpu", &value)) settings.cpu = value;
        else if (is(argv[i], "unified", &value)) settings.unified = value;
        else if (is(argv[i], "candidate-id", &value)) settings.candidate_id = atol(value);
        else if (is(argv[i], "resident-forks", &value)) settings.resident_forks = atol(value) != 0;
        else if (is(argv[i], "resident", &value) && add(settings.resident, value)) continue;
        else if (is(argv[i], "resident-env", &value) && add(settings.resident_env, value)) continue;
        else if (is(argv[i], "show", &value) && add(settings.show, value)) continue;
        else {
            fprintf(stderr, "sandbox-runner: unknown setting %s\n", argv[i]);
            return 64;
        }
    }
    if (settings.scratch_mb <= 0 || settings.scratch_inodes <= 0 ||
        (contained ? settings.candidate_id <= 0 : settings.server <= 0 || !settings.socket)) {
        fputs("sandbox-runner: scratch-mb, scratch-inodes, and socket and server or candidate-id are needed\n", stderr);
        return 64;
    }
    return contained ? serve(&settings) : launch(&settings);
}
