// Emptying the scratch, whatever a program made of it; and seeing what a run left behind.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>

#include "check.h"
#include "stubs.h"

static struct agent agent;
static char *base;          // holds scratch, outside and proc
static int outside, stubborn = -1;
static char why[128];

static unsigned count_entries(int at)
{
    int folder = openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = fdopendir(folder);
    unsigned count = 0;
    while (list && readdir(list))
        count++;
    closedir(list);
    return count - 2;
}

static void see_wiped(const char *of)
{
    CHECK(wipe_scratch(&agent, why, sizeof why), "%s: %s", of, why);
    CHECK(count_entries(agent.scratch) == 0, "%s", of);
}

static void An_empty_scratch_stays_empty(void) { see_wiped("nothing"); }

static void Odd_names_go(void)
{
    char longest[256];
    memset(longest, 'n', 255);
    longest[255] = 0;
    const char *const names[] = {
        "a", " ", "\n", "-rf", "...", "..a", ".hidden", "\xff\xfe", "*", "?", "\x01", "~", ".wipe-1", ".wipe-2", longest, "a b",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put_text(agent.scratch, names[i], "text");
    mkdirat(agent.scratch, "d", 0700);
    int folder = openat(agent.scratch, "d", O_RDONLY | O_DIRECTORY);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        mkdirat(folder, names[i], 0700);
        int inner = openat(folder, names[i], O_RDONLY | O_DIRECTORY);
        put_text(inner, names[i], "text");
        close(inner);
    }
    close(folder);
    see_wiped("odd names");
}

static void Trees_deeper_than_a_path_is_long_go(void)
{
    int at = dup(agent.scratch);
    for (int depth = 0; depth < 1000; depth++) {
        CHECK(mkdirat(at, "deeper", 0700) == 0, "depth %d", depth);
        int next = openat(at, "deeper", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (depth % 100 == 0)
            put_text(next, "file", "text");
        close(at);
        at = next;
    }
    close(at);
    see_wiped("a deep tree");
}

static void Wide_trees_go(void)
{
    char name[32];
    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof name, "%d", i);
        if (i % 10 == 0) {
            mkdirat(agent.scratch, name, 0700);
            int inner = openat(agent.scratch, name, O_RDONLY | O_DIRECTORY);
            mkdirat(inner, "a", 0700);
            put_text(inner, "a/b", "text");
            close(inner);
        } else {
            put_text(agent.scratch, name, "");
        }
    }
    see_wiped("a wide tree");
}

static void Folders_that_may_not_be_read_or_written_go(void)
{
    static const mode_t modes[] = { 0, 0100, 0200, 0400, 0500, 0600 };
    char name[32], inner[64], file[80];
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        snprintf(name, sizeof name, "m%zu", i);
        snprintf(inner, sizeof inner, "%s/inner", name);
        snprintf(file, sizeof file, "%s/file", inner);
        mkdirat(agent.scratch, name, 0700);
        mkdirat(agent.scratch, inner, 0700);
        put_file(agent.scratch, file, "x", 1, 0);
        fchmodat(agent.scratch, inner, modes[i], 0);
        fchmodat(agent.scratch, name, modes[i], 0);
    }
    fchmod(agent.scratch, 0);
    see_wiped("folders of every mode");
}

static void Links_are_removed_and_never_followed(void)
{
    char target[512];
    struct stat before, after;
    snprintf(target, sizeof target, "%s/outside", base);
    fstat(outside, &before);
    CHECK(symlinkat(target, agent.scratch, "folder") == 0 && symlinkat("/", agent.scratch, "root") == 0 &&
          symlinkat("nowhere", agent.scratch, "dangling") == 0 && symlinkat("loop", agent.scratch, "loop") == 0 &&
          symlinkat("..", agent.scratch, "up") == 0, "links");
    mkdirat(agent.scratch, "d", 0700);
    mkdirat(agent.scratch, "d/e", 0700);
    CHECK(symlinkat(target, agent.scratch, "d/e/folder") == 0, "a link below");
    CHECK(linkat(outside, "file", agent.scratch, "d/hard", 0) == 0, "a hard link");
    fchmodat(agent.scratch, "d/e", 0, 0);
    see_wiped("links");
    CHECK(fstat(outside, &after) == 0 && before.st_mode == after.st_mode && count_entries(outside) == 1, "what they lead to");
    CHECK(fstatat(outside, "file", &after, 0) == 0 && after.st_nlink == 1 && after.st_size == 4 && (after.st_mode & 0777) == 0640,
          "the file outside");
}

static void What_is_no_file_goes(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    mkdirat(agent.scratch, "d", 0700);
    CHECK(mkfifoat(agent.scratch, "fifo", 0) == 0 && mkfifoat(agent.scratch, "d/fifo", 0600) == 0, "pipes with a name");
    snprintf(address.sun_path, sizeof address.sun_path, "%s/scratch/d/socket", base);
    int end = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK(bind(end, (struct sockaddr *)&address, sizeof address) == 0, "a socket");
    see_wiped("pipes and a socket");
    close(end);
}

// What a program could leave for the next on the folder itself.
static void The_folder_itself_says_nothing(void)
{
    const struct timespec times[2] = { { 12345, 678 }, { 12345, 678 } };
    struct stat info;
    char names[64];
    bool attributes = fsetxattr(agent.scratch, "user.message", "hello", 5, 0) == 0 && fsetxattr(agent.scratch, "user.b", "", 0, 0) == 0;
    fchmod(agent.scratch, 01777);
    futimens(agent.scratch, times);
    // Looking into it would set its times again.
    CHECK(wipe_scratch(&agent, why, sizeof why), "%s", why);
    CHECK(fstat(agent.scratch, &info) == 0 && (info.st_mode & 07777) == 0700, "mode %o", info.st_mode);
    CHECK(info.st_atim.tv_sec == 0 && info.st_mtim.tv_sec == 0 && info.st_mtim.tv_nsec == 0, "times");
    if (attributes)
        CHECK(flistxattr(agent.scratch, names, sizeof names) == 0, "attributes");
}

static void A_scratch_that_cannot_be_emptied_is_said_to_be(void)
{
    struct agent other = agent;
    other.scratch = stubborn;
    CHECK(!wipe_scratch(&other, why, sizeof why) && strstr(why, "could not be emptied"), "%s", why);
}

static const char *leftovers(bool kept)
{
    why[0] = 0;
    return find_leftovers(&agent, kept, why, sizeof why) ? why : "";
}

static void A_clean_slot_has_no_leftovers(void)
{
    CHECK(leftovers(true)[0] == 0, "%s", why);
    CHECK(strstr(leftovers(false), "space"), "blocks of a disk that we share: %s", why);
}

static void A_process_left_behind_is_seen(void)
{
    pid_t pid = fork();
    if (pid == 0)
        for (;;)
            pause();
    CHECK(strstr(leftovers(true), "a process"), "a living child: %s", why);
    kill(pid, SIGKILL);
    siginfo_t info;
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    CHECK(strstr(leftovers(true), "a process"), "a dead one: %s", why);
    CHECK(leftovers(true)[0] == 0, "which is reaped by looking: %s", why);
    agent.resident.pid = 2;
    stub_has_programs = true;
    CHECK(strstr(leftovers(true), "a process"), "beside a resident: %s", why);
    stub_has_programs = false;
    CHECK(leftovers(true)[0] == 0, "%s", why);
    agent.resident.pid = 0;
}

static void An_IPC_object_is_seen(void)
{
    static const char *const names[] = { "sysvipc/shm", "sysvipc/sem", "sysvipc/msg" };
    for (size_t i = 0; i < 3; i++) {
        put_text(agent.proc, names[i], "       key      shmid perms\n");
        CHECK(leftovers(true)[0] == 0, "only a heading in %s", names[i]);
        put_text(agent.proc, names[i], "       key      shmid perms\n         0          1  1600\n");
        CHECK(strstr(leftovers(true), "an IPC object"), "an object in %s", names[i]);
        put_text(agent.proc, names[i], "");
        CHECK(leftovers(true)[0] == 0, "an empty %s", names[i]);
        put_text(agent.proc, names[i], "a heading without an end");
        CHECK(leftovers(true)[0] == 0, "half a heading in %s", names[i]);
    }
}

static void A_short_buffer_for_the_reason_is_kept_to(void)
{
    char room[8] = "1234567";
    agent.resident.pid = 2;
    stub_has_programs = true;
    CHECK(find_leftovers(&agent, true, room, 5) && strcmp(room, "the ") == 0 && room[5] == '6', "%s", room);
    stub_has_programs = false;
    agent.resident.pid = 0;
}

// As root, folders of every mode could be read: we become somebody else first.
static void prepare(void)
{
    base = make_folder();
    int at = open_folder(base);
    mkdirat(at, "scratch", 0700);
    mkdirat(at, "outside", 0755);
    mkdirat(at, "proc", 0755);
    mkdirat(at, "proc/sysvipc", 0755);
    mkdirat(at, "stubborn", 0700);
    if (getuid() == 0) {
        // In it a folder that is not the candidate's.
        mkdirat(at, "stubborn/ours", 0755);
        put_text(at, "stubborn/ours/file", "text");
        const char *const theirs[] = { ".", "scratch", "outside", "proc", "proc/sysvipc", "stubborn" };
        for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
            if (fchownat(at, theirs[i], NOBODY, NOBODY, 0) != 0)
                exit(1);
    }
    outside = openat(at, "outside", O_RDONLY | O_DIRECTORY);
    agent.scratch = openat(at, "scratch", O_RDONLY | O_DIRECTORY);
    agent.proc = openat(at, "proc", O_RDONLY | O_DIRECTORY);
    stubborn = openat(at, "stubborn", O_RDONLY | O_DIRECTORY);
    close(at);
}

static void remove_all(const char *path, bool was_root)
{
    if (was_root && seteuid(0) != 0)
        return;
    int at = open_folder(path);
    const char *const names[] = {
        "stubborn/ours/file", "outside/file", "proc/sysvipc/shm", "proc/sysvipc/sem", "proc/sysvipc/msg",
    };
    const char *const folders[] = { "stubborn/ours", "stubborn", "outside", "proc/sysvipc", "proc", "scratch" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlinkat(at, names[i], 0);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        unlinkat(at, folders[i], AT_REMOVEDIR);
    close(at);
    rmdir(path);
}

int main(void)
{
    bool root = getuid() == 0;
    umask(022);
    prepare();
    if (root && (setegid(NOBODY) != 0 || seteuid(NOBODY) != 0))
        return 1;
    put_file(outside, "file", "text", 4, 0640);
    RUN(An_empty_scratch_stays_empty);
    RUN(Odd_names_go);
    RUN(Trees_deeper_than_a_path_is_long_go);
    RUN(Wide_trees_go);
    RUN(Folders_that_may_not_be_read_or_written_go);
    RUN(Links_are_removed_and_never_followed);
    RUN(What_is_no_file_goes);
    RUN(The_folder_itself_says_nothing);
    if (root)
        RUN(A_scratch_that_cannot_be_emptied_is_said_to_be);
    else
        skip_test("A_scratch_that_cannot_be_emptied_is_said_to_be", "only root can make one");
    RUN(A_clean_slot_has_no_leftovers);
    RUN(A_process_left_behind_is_seen);
    RUN(An_IPC_object_is_seen);
    RUN(A_short_buffer_for_the_reason_is_kept_to);
    remove_all(base, root);
    free(base);
    return finish();
}
