// The one run that is going on: what the files share that start it, watch it, end it and count it.
#ifndef RUN_H
#define RUN_H

#include "runner.h"

#define CHUNK (64u << 10)

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

extern struct run run;

// run.c
uint64_t memory_of(const struct request *request);

// start.c
bool start_run(void *frame, size_t frame_length);

// streams.c
bool flush_some(void);
void flush_all(void);
void tell_taken(void);
bool drain(int stream);

// watch.c
void watch_run(uint64_t began, uint64_t cpu_before);

// reap.c
bool reap(void);
void hear_resident(void);
void end_everything(void);

// charge.c
uint64_t cpu_since(uint64_t before);
void look_at_waiting(uint64_t wall_us);
bool is_charged_in_full(uint64_t wall_us);
void settle_times(uint64_t cpu_us, uint64_t asked, uint64_t began);
void excuse_starved(void);

#endif
