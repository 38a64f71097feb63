// What the parts of the runner share. README.md beside this file says how they fit together.
#ifndef RUNNER_H
#define RUNNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#define SCRATCH "/box"
#define AGENT_ID 0
#define CANDIDATE_ID 1000

struct settings {
    const char *socket;      // where the server listens
    long server;             // its process id
    long host_id;            // first of two host ids, or -1: only our own id is mapped
    long scratch_mb, scratch_inodes;
    const char *memory, *pids, *cpuacct, *cpu;  // cgroup v1 folders, or null
    const char *unified;                        // cgroup v2 folder, or null
};

// Descriptors of the slot's cgroup files, opened while the host's tree was still there; -1 where there is none.
struct cgroup {
    int limit, swap_limit, usage, peak, swap_peak, events, pids_max, pids_events, cpu;
    bool unified;
};

// A run's request; its strings and bytes point into the frame it came in.
struct request {
    uint32_t id;
    uint64_t cpu_us, wall_us, memory, file_bytes, output_bytes;
    uint32_t processes, flags;
    char **argv, **envp;
    const uint8_t *files;   // as they stand in the frame: count of them is file_count
    uint32_t file_count;
    size_t files_length;
    const uint8_t *input;
    size_t input_length;
};

#define FLAG_REPORT 1u

enum cause { ENDED, CPU_LIMIT, WALL_LIMIT, CANCELLED, STARVED };

struct result {
    uint32_t id;
    enum cause cause;
    int wait_status;
    uint64_t user_us, system_us, wall_us, peak;
    uint64_t out_bytes, err_bytes;
    uint64_t oom_kills, refused_forks;
    char fault[256];    // why nothing is known of the program: ours
    char anomaly[256];  // why the slot must not be used again
};

// The agent's own state, one a process.
struct agent {
    int socket;
    int life;         // end of a pipe that the launcher holds open
    int signals;      // signalfd of SIGCHLD
    int scratch;
    int proc;         // a writable /proc that is mounted nowhere
    bool two_ids;
    bool counts_by_namespace;  // processes of one user are counted for each user namespace apart (5.14)
    struct cgroup cgroup;
    uint64_t baseline;      // memory of the idle slot
    uint64_t scratch_files; // inodes of the empty scratch
};

// wire.c
enum { FRAME_RUN = 1, FRAME_CANCEL = 2, FRAME_HELLO = 16, FRAME_OUTPUT = 17, FRAME_DONE = 18, FRAME_BROKEN = 19 };
#define PROTOCOL_VERSION 2
#define HEADER 5
#define MAX_FRAME (192u << 20)
// The limit between runs: room for a request on its way in, and for cleaning up.
#define IDLE_MEMORY (2ull * MAX_FRAME + (64ull << 20))
void put32(uint8_t *to, uint32_t value);
uint32_t get32(const uint8_t *from);
bool send_all(int socket, const void *data, size_t length);
bool receive_all(int socket, void *data, size_t length);
const char *parse_request(uint8_t *payload, size_t length, struct request *request);
bool send_result(int socket, const struct result *result);
bool next_file(const uint8_t **cursor, const uint8_t *end, const char **path, uint32_t *path_length,
               const uint8_t **content, uint64_t *length);
void broken(int socket, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));

// launcher.c
int launch(const struct settings *settings);

// root.c
void build_root(int socket, const struct settings *settings, int *scratch, int *proc, bool two_ids);

// cgroup.c
void cgroup_open(struct cgroup *cgroup, const struct settings *settings);
bool cgroup_attach(const struct settings *settings, pid_t pid, const char **which);
bool cgroup_write(int file, uint64_t value);
bool cgroup_read(int file, const char *key, uint64_t *value);
bool cgroup_limit_memory(const struct cgroup *cgroup, uint64_t bytes);
uint64_t cgroup_limit_hits(const struct cgroup *cgroup);
bool cgroup_was_near(const struct cgroup *cgroup, uint64_t bytes);
uint64_t tree_cpu_us(const struct agent *agent);

// load.c
uint64_t waited_us(const struct agent *agent, pid_t main);
bool is_overloaded(void);

// filter.c
bool install_filter(void);

// agent.c
void agent_main(struct agent *agent) __attribute__((noreturn));
bool prove_own_namespace(int proc);
void kill_everything(void);

// run.c
void run_program(struct agent *agent, const struct request *request, void *frame, size_t frame_length,
                 struct result *result);

// child.c
struct child_ends { int input, output, error, report, failure; };
void become_program(const struct agent *agent, const struct request *request, const struct child_ends *ends)
    __attribute__((noreturn));
void drop_for_good(int socket);

// wipe.c
bool wipe_scratch(const struct agent *agent, char *why, size_t room);
bool find_leftovers(const struct agent *agent, char *why, size_t room);
uint64_t scratch_used(const struct agent *agent, uint64_t *blocks);

uint64_t now_us(void);

#endif
