// The files of a request, as they are put into the scratch.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner.h"

static bool make_folders(char *path)
{
    for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        bool made = mkdir(path, 0755) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return true;
}

static bool write_file(const struct file *from, bool again)
{
    char path[PATH_MAX];
    const uint8_t *at = from->content;
    uint64_t left = from->length;
    memcpy(path, from->path, from->path_length + 1);
    if (!make_folders(path))
        return false;
    if (again)
        unlink(path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, from->executable ? 0755 : 0644);
    while (file >= 0 && left > 0) {
        ssize_t written = write(file, at, left);
        if (written <= 0)
            break;
        at += written;
        left -= (uint64_t)written;
    }
    int error = errno;
    if (file >= 0)
        close(file);
    errno = error;
    return file >= 0 && left == 0;
}

// In the folder that we are in, as the user that we are. Null, or the path of the one that could not be written, and errno.
const char *write_files(const struct request *request)
{
    const uint8_t *at = request->files, *end = at + request->files_length;
    struct file file;
    for (uint32_t i = 0; i < request->file_count; i++)
        if (!next_file(&at, end, &file) || !write_file(&file, (request->flags & FLAG_KEEP) != 0))
            return file.path;
    return NULL;
}

// The same by the agent itself, without a process for it: for files that are small beside any memory limit, or the agent
// would be killed for them.
const char *write_files_here(const struct agent *agent, const struct request *request)
{
    mode_t mask = umask(022);
    act_as_candidate(agent);
    const char *wrong = fchdir(agent->scratch) == 0 ? write_files(request) : SCRATCH;
    int error = errno;
    act_as_agent(agent);
    if (chdir("/") != 0)
        wrong = "/";
    umask(mask);
    errno = error;
    return wrong;
}
