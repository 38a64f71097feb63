// Emptying the scratch, and looking for anything that a run left behind.
//
// Folders that lie deep are not walked down: each folder's subfolders are moved up to the scratch itself until they
// are empty. So neither depth nor length of paths matters, and two descriptors are enough.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "runner.h"

static bool is_dots(const char *name) { return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0)); }

static DIR *list(int at, const char *name)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (fd >= 0 && !folder)
        close(fd);
    return folder;
}

// Empties a subfolder of the scratch; what is a folder in it moves up beside it.
static bool flatten(int scratch, const char *name, unsigned long *serial)
{
    fchmodat(scratch, name, 0700, 0);
    DIR *folder = list(scratch, name);
    if (!folder)
        return false;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (is_dots(entry->d_name) || unlinkat(dirfd(folder), entry->d_name, 0) == 0)
            continue;
        if (unlinkat(dirfd(folder), entry->d_name, AT_REMOVEDIR) == 0)
            continue;
        // A folder must be writable to be moved: its ".." changes.
        char up[32];
        fchmodat(dirfd(folder), entry->d_name, 0700, 0);
        do
            snprintf(up, sizeof up, ".wipe-%lu", ++*serial);
        while (faccessat(scratch, up, F_OK, AT_SYMLINK_NOFOLLOW) == 0);
        renameat(dirfd(folder), entry->d_name, scratch, up);
    }
    closedir(folder);
    return unlinkat(scratch, name, AT_REMOVEDIR) == 0;
}

// Whether it is empty now, as the last pass has seen it.
static bool empty_scratch(int scratch)
{
    unsigned long serial = 0;
    fchmod(scratch, 0700);
    // Each pass empties one level of what is there; the bound is for what we did not think of.
    for (int pass = 0; pass < 100000; pass++) {
        bool any = false, progress = false;
        DIR *folder = list(scratch, ".");
        if (!folder)
            return false;
        for (struct dirent *entry; (entry = readdir(folder));) {
            if (is_dots(entry->d_name))
                continue;
            any = true;
            if (unlinkat(scratch, entry->d_name, 0) == 0 || unlinkat(scratch, entry->d_name, AT_REMOVEDIR) == 0 ||
                flatten(scratch, entry->d_name, &serial))
                progress = true;
        }
        closedir(folder);
        if (!any || !progress)
            return !any;
    }
    return false;
}

// The scratch's own folder belongs to the candidate too: its mode, times and attributes could carry a message.
static void reset_folder(int scratch)
{
    static const struct timespec epoch[2] = { { 0, 0 }, { 0, 0 } };
    char names[4096];
    ssize_t length = flistxattr(scratch, names, sizeof names);
    for (char *name = names; length > 0 && name < names + length; name += strlen(name) + 1)
        fremovexattr(scratch, name);
    fchmod(scratch, 0700);
    futimens(scratch, epoch);
}

// The next run must be able to enter what this one leaves to it.
void open_scratch_again(const struct agent *agent)
{
    act_as_candidate(agent);
    fchmod(agent->scratch, 0700);
    act_as_agent(agent);
}

bool wipe_scratch(const struct agent *agent, char *why, size_t room)
{
    act_as_candidate(agent);
    bool empty = empty_scratch(agent->scratch);
    reset_folder(agent->scratch);
    act_as_agent(agent);
    if (!empty)
        snprintf(why, room, "the scratch could not be emptied");
    return empty;
}

uint64_t scratch_used(const struct agent *agent, uint64_t *blocks)
{
    struct statfs fs;
    if (fstatfs(agent->scratch, &fs) != 0)
        return UINT64_MAX;
    if (blocks)
        *blocks = fs.f_blocks - fs.f_bfree;
    return fs.f_files - fs.f_ffree;
}

static bool has_ipc(const struct agent *agent, const char *name)
{
    char text[512];
    int file = openat(agent->proc, name, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, text, sizeof text);
    if (file >= 0)
        close(file);
    const char *line = length > 0 ? memchr(text, '\n', (size_t)length) : NULL;
    return line && line + 1 < text + length;  // more than the heading
}

bool find_leftovers(const struct agent *agent, bool kept, char *why, size_t room)
{
    uint64_t blocks = 0;
    const char *left = NULL;
    if (agent->resident.pid ? has_programs(agent) : waitpid(-1, NULL, WNOHANG | __WALL) >= 0 || errno != ECHILD)
        left = "a process";
    else if (!kept && (scratch_used(agent, &blocks) != agent->scratch_files || blocks != 0))
        left = "space in the scratch";
    else if (has_ipc(agent, "sysvipc/shm") || has_ipc(agent, "sysvipc/sem") || has_ipc(agent, "sysvipc/msg"))
        left = "an IPC object";
    if (left)
        snprintf(why, room, "the run left %s behind", left);
    return left != NULL;
}
