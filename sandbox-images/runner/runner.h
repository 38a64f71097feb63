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
#define CANDIDATE_ID 1000  // where we map the ids ourselves; the resident's is the next

#define MAX_RESIDENT 16

struct settings {
    const char *socket;      // where the server listens; in a container, null: it is at our standard streams
    long server;             // its process id
    long host_id;            // first of three host ids, or -1: only our own id is mapped
    long candidate_id;       // in a container: the candidate's id, which no other slot has
    long scratch_mb, scratch_inodes;
    const char *memory, *pids, *cpuacct, *cpu;  // cgroup v1 folders, or null
    const char *unified;                        // cgroup v2 folder, or null
    const char *show[MAX_RESIDENT + 1];         // folders of the host to show: FROM:TO, TO below /opt/rewardserver
    const char *resident[MAX_RESIDENT + 1];     // the resident's command line, the first an absolute path
    const char *resident_env[MAX_RESIDENT + 1];
    bool resident_forks;                        // a zygote, which needs to change ids
};

// Descriptors of the slot's cgroup files, opened while the host's tree was still there or sent by the server, which may
// be where we are not; -1 where there is none. The order is that of the frame that brings them.
enum cgroup_file {
    MEMORY_LIMIT_FILE, SWAP_LIMIT_FILE, USAGE_FILE, PEAK_FILE, SWAP_PEAK_FILE, EVENTS_FILE, PIDS_MAX_FILE,
    PIDS_EVENTS_FILE, PIDS_CURRENT_FILE, CPU_FILE, CGROUP_FILES
};
struct cgroup {
    int files[CGROUP_FILES];
    bool unified;
};

// A run's request; its strings and bytes point into the frame it came in.
struct request {
    uint32_t id;
    uint64_t cpu_us, wall_us, memory, file_bytes, output_bytes;
    uint32_t processes, open_files, flags;
    char **argv, **envp;
    const uint8_t *files;   // as they stand in the frame: count of them is file_count
    uint32_t file_count;
    size_t files_length;
    char **outputs;         // paths of the files to send back; they outlive the frame
    uint32_t output_count;
    uint64_t most_outputs;  // bytes of them together
    const uint8_t *input;
    size_t input_length;
};

#define FLAG_REPORT 1u    // the program gets a pipe as descriptor 3
#define FLAG_KEEP 2u      // the scratch stays as the program leaves it
#define FLAG_RESIDENT 4u  // the resident runs it
#define FLAG_PIN 8u       // on one processor: the one with this number among those we may use, in the upper half
#define FLAG_STREAM 16u   // its input comes while it runs, and it ends when it writes more than is kept
#define KNOWN_FLAGS (FLAG_REPORT | FLAG_KEEP | FLAG_RESIDENT | FLAG_PIN | FLAG_STREAM)
#define PINNED_TO(flags) ((flags) >> 16)

enum cause { ENDED, CPU_LIMIT, WALL_LIMIT, CANCELLED, STARVED, MEMORY_LIMIT, OUTPUT_LIMIT };

struct result {
    uint32_t id;
    enum cause cause;
    int wait_status;
    uint64_t user_us, system_us, wall_us, peak;
    uint64_t out_bytes, err_bytes;
    uint64_t oom_kills, refused_forks;
    uint64_t instructions;  // in user mode; 0 where they are not counted
    char fault[256];    // why nothing is known of the program: ours
    char anomaly[256];  // why the slot must not be used again
};

// A program's standard input where it is streamed: a pipe, and what there is no room for in it yet.
struct feed {
    int end;             // ours of the pipe; -1 once closed, by us or by the program
    bool streamed;       // or all of the input came with the request
    bool ended;          // nothing more will come
    size_t at, length;   // of what waits
    uint32_t left;       // bytes that have left us, into the pipe or into nothing, since the server was last told
};

// The process that stays between runs, and runs programs or compiles them.
struct resident {
    pid_t pid;        // 0: there is none, or it is gone
    int control;      // the socket to it
    int words;        // what it says on its own outputs
    bool forks;
};

// The agent's own state, one a process.
struct agent {
    int input, output;  // from and to the server: one socket, or two pipes
    int life;         // end of a pipe that the launcher holds open; -1 in a container
    int signals;      // signalfd of SIGCHLD
    int scratch;
    int proc;         // a /proc that we can write to, where there is one
    uid_t candidate;
    bool two_ids;
    bool contained;   // by a container that another made: we hold three capabilities, and what is mounted is given
    bool counts_by_namespace;  // processes of one user are counted for each user namespace apart (5.14)
    int counters[2];  // of instructions: everybody's in the slot, and our own; -1 where there is none
    struct cgroup cgroup;
    struct resident resident;
    uint64_t baseline;      // memory of the idle slot when it was new: a run's limit is above it
    uint64_t idle;          // the same now, with the host's files that programs read and the kernel keeps on our account
    uint64_t scratch_files; // inodes of the empty scratch
};

// wire.c
enum {
    FRAME_RUN = 1, FRAME_CANCEL = 2, FRAME_CGROUP = 3, FRAME_INPUT = 4,
    FRAME_HELLO = 16, FRAME_OUTPUT = 17, FRAME_DONE = 18, FRAME_BROKEN = 19, FRAME_FILE = 20,
    FRAME_TAKEN = 21
};
#define PROTOCOL_VERSION 5
#define HEADER 5
#define MAX_FRAME (192u << 20)
#define INPUT_WINDOW (64u << 10)  // bytes of streamed input on their way at most
// The limit between runs: room for a request on its way in, and for cleaning up.
#define IDLE_MEMORY (2ull * MAX_FRAME + (64ull << 20))
void put32(uint8_t *to, uint32_t value);
uint32_t get32(const uint8_t *from);
bool send_all(int output, const void *data, size_t length);
bool receive_all(int input, void *data, size_t length);
const char *parse_request(uint8_t *payload, size_t length, struct request *request);
bool is_inner_path(const char *path);
bool send_result(int output, const struct result *result);
struct file { const char *path; uint32_t path_length; bool executable; const uint8_t *content; uint64_t length; };
bool next_file(const uint8_t **cursor, const uint8_t *end, struct file *file);
void broken(int output, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));

// launcher.c
int launch(const struct settings *settings);

// container.c
int serve(const struct settings *settings);
int connect_to(const char *path);
bool silence(void);

// root.c
void build_root(int output, const struct settings *settings, int *scratch, int *proc, bool two_ids);

// cgroup.c
void cgroup_open(struct cgroup *cgroup, const struct settings *settings);
void cgroup_open_own(struct cgroup *cgroup);
bool cgroup_attach(const struct settings *settings, pid_t pid, const char **which);
bool cgroup_write(const struct cgroup *cgroup, enum cgroup_file file, uint64_t value);
bool cgroup_read(const struct cgroup *cgroup, enum cgroup_file file, const char *key, uint64_t *value);
bool write_number(int file, uint64_t value);
bool cgroup_is_limited(const struct cgroup *cgroup);
bool cgroup_is_watched(const struct cgroup *cgroup);
bool cgroup_limit_memory(const struct cgroup *cgroup, uint64_t bytes);
uint64_t cgroup_limit_hits(const struct cgroup *cgroup);
bool cgroup_was_near(const struct cgroup *cgroup, uint64_t bytes);
uint64_t tree_cpu_us(const struct agent *agent);

// counter.c
int counter_open(uint32_t type, uint64_t event, bool inherited);
void counters_open(struct agent *agent);
uint64_t counted_instructions(const struct agent *agent);

// load.c
uint64_t waited_us(const struct agent *agent, pid_t main);
bool is_overloaded(void);

// filter.c
bool install_filter(void);

// agent.c
void agent_main(struct agent *agent, const struct settings *settings) __attribute__((noreturn));
bool prove_own_namespace(int proc);
void kill_programs(const struct agent *agent);
bool has_programs(const struct agent *agent);
void act_as_candidate(const struct agent *agent);
void act_as_agent(const struct agent *agent);

// run.c
void run_program(struct agent *agent, const struct request *request, void *frame, size_t frame_length,
                 struct result *result);

// child.c
struct child_ends { int input, output, error, report, failure; };
void become_program(const struct agent *agent, const struct request *request, const struct child_ends *ends)
    __attribute__((noreturn));
void write_files_only(const struct agent *agent, const struct request *request, const struct child_ends *ends)
    __attribute__((noreturn));
void drop_for_good(const struct agent *agent);
void close_from(unsigned first);

// files.c
#define SMALL_FILES (1u << 20)
const char *write_files(const struct request *request);
const char *write_files_here(const struct agent *agent, const struct request *request);

// feed.c
int open_input(const struct agent *agent, const struct request *request, struct feed *feed);
bool feed_open(struct feed *feed, int *theirs);
void feed_close(struct feed *feed);
const char *feed_refuses(const struct feed *feed, size_t length);
bool feed_receive(struct feed *feed, int from, size_t length);
void feed_write(struct feed *feed);
size_t feed_report(struct feed *feed, uint32_t id, uint8_t *frame);
bool feed_skip(int from, size_t length);

// resident.c
void resident_start(struct agent *agent, const struct settings *settings);
void resident_await(struct agent *agent);
const char *resident_run(const struct agent *agent, const struct request *request, const struct child_ends *ends, pid_t *pid);
bool resident_ended(const struct agent *agent, int *status, struct rusage *usage);

// outputs.c
bool send_outputs(const struct agent *agent, const struct request *request);

// wipe.c
void open_scratch_again(const struct agent *agent);
bool wipe_scratch(const struct agent *agent, char *why, size_t room);
bool find_leftovers(const struct agent *agent, bool kept, char *why, size_t room);
uint64_t scratch_used(const struct agent *agent, uint64_t *blocks);

uint64_t now_us(void);

#endif
