// Valgrind (3.19, of Debian 12) does not know some system calls that the runner makes. Linked with --wrap=syscall and
// --wrap=setrlimit, this answers them in its place, as far as a slot can be driven without: what they do is tested
// elsewhere, natively.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);

// Readable when a child has ended, as the launcher's look at its one child is; never, of another process.
static int watch_process(pid_t pid)
{
    sigset_t set;
    if (pid == getppid())
        return eventfd(0, EFD_CLOEXEC);
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

long __wrap_syscall(long number, ...)
{
    long all[6];
    va_list arguments;
    va_start(arguments, number);
    for (int i = 0; i < 6; i++)
        all[i] = va_arg(arguments, long);
    va_end(arguments);
    switch (number) {
    case SYS_pidfd_open:
        return watch_process((pid_t)all[0]);
    case SYS_mount_setattr:
        errno = ENOSYS;  // root.c then does it the way of older kernels
        return -1;
    case SYS_seccomp:
        return 0;
    default:
        return __real_syscall(number, all[0], all[1], all[2], all[3], all[4], all[5]);
    }
}

int __real_setrlimit(__rlimit_resource_t which, const struct rlimit *limit);
int __wrap_setrlimit(__rlimit_resource_t which, const struct rlimit *limit);

// The hard limit on descriptors is valgrind's own, and no program of it may lower it.
int __wrap_setrlimit(__rlimit_resource_t which, const struct rlimit *limit)
{
    return which == RLIMIT_NOFILE ? 0 : __real_setrlimit(which, limit);
}
