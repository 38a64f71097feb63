// The system-call filter: a child lays it on itself and says what became of each call.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/fs.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "check.h"
#include "stubs.h"

#define FORKED (-2)  // a clone that was let through: its child ends at once, and is reaped

struct row { const char *name; long call; long a, b, c, d; int expected; };
#define NAMED(call) #call, call

// With arguments that do no harm where a call is let through. errno, or 0 for any success.
static const struct row rows[] = {
    // denied
    { NAMED(SYS_socket), AF_INET, SOCK_STREAM, 0, 0, EPERM },
    { "socket AF_UNIX", SYS_socket, AF_UNIX, SOCK_STREAM, 0, 0, EPERM },
    { "socket AF_NETLINK", SYS_socket, AF_NETLINK, SOCK_RAW, 0, 0, EPERM },
    { NAMED(SYS_connect), -1, 0, 0, 0, EPERM }, { NAMED(SYS_bind), -1, 0, 0, 0, EPERM },
    { NAMED(SYS_listen), -1, 0, 0, 0, EPERM }, { NAMED(SYS_accept4), -1, 0, 0, 0, EPERM },
    { NAMED(SYS_ptrace), -1, 0, 0, 0, EPERM }, { NAMED(SYS_process_vm_readv), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_process_vm_writev), 0, 0, 0, 0, EPERM }, { NAMED(SYS_pidfd_getfd), -1, 0, 0, 0, EPERM },
    { NAMED(SYS_mount), 0, 0, 0, 0, EPERM }, { NAMED(SYS_umount2), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_pivot_root), 0, 0, 0, 0, EPERM }, { NAMED(SYS_chroot), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_mount_setattr), -1, 0, 0, 0, EPERM }, { NAMED(SYS_open_tree), -1, 0, 0, 0, EPERM },
    { NAMED(SYS_fsopen), 0, 0, 0, 0, EPERM }, { NAMED(SYS_open_by_handle_at), -1, 0, 0, 0, EPERM },
    { NAMED(SYS_unshare), 0, 0, 0, 0, EPERM }, { NAMED(SYS_setns), -1, 0, 0, 0, EPERM },
    { NAMED(SYS_sethostname), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_shmget), 0, 0, 0, 0, EPERM }, { NAMED(SYS_semget), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_msgget), -1, 0, 0, 0, EPERM }, { NAMED(SYS_mq_open), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_keyctl), -1, 0, 0, 0, EPERM }, { NAMED(SYS_add_key), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_request_key), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_bpf), -1, 0, 0, 0, EPERM }, { NAMED(SYS_perf_event_open), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_userfaultfd), -1, 0, 0, 0, EPERM }, { NAMED(SYS_io_setup), 0, 0, 0, 0, EPERM },
    { "memfd_secret", 447, -1, 0, 0, 0, EPERM }, { NAMED(SYS_vmsplice), -1, 0, 0, 0, EPERM },
    { NAMED(SYS_flock), -1, 0, 0, 0, EPERM }, { NAMED(SYS_inotify_init1), -1, 0, 0, 0, EPERM },
    { NAMED(SYS_personality), 0xffffffff, 0, 0, 0, EPERM }, { NAMED(SYS_syslog), -1, 0, 0, 0, EPERM },
    { NAMED(SYS_clock_settime), -1, 0, 0, 0, EPERM }, { NAMED(SYS_reboot), 0, 0, 0, 0, EPERM },
    { NAMED(SYS_init_module), 0, 0, 0, 0, EPERM },
    // absent
    { NAMED(SYS_io_uring_setup), 0, 0, 0, 0, ENOSYS }, { NAMED(SYS_io_uring_enter), -1, 0, 0, 0, ENOSYS },
    { NAMED(SYS_io_uring_register), -1, 0, 0, 0, ENOSYS }, { NAMED(SYS_clone3), 0, 0, 0, 0, ENOSYS },
    // namespaces by clone, one by one
    { "clone NEWUSER", SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, EPERM },
    { "clone NEWPID", SYS_clone, CLONE_NEWPID | SIGCHLD, 0, 0, 0, EPERM },
    { "clone NEWNS", SYS_clone, CLONE_NEWNS | SIGCHLD, 0, 0, 0, EPERM },
    { "clone NEWNET", SYS_clone, CLONE_NEWNET | SIGCHLD, 0, 0, 0, EPERM },
    { "clone NEWIPC", SYS_clone, CLONE_NEWIPC | SIGCHLD, 0, 0, 0, EPERM },
    { "clone NEWUTS", SYS_clone, CLONE_NEWUTS | SIGCHLD, 0, 0, 0, EPERM },
    { "clone NEWCGROUP", SYS_clone, CLONE_NEWCGROUP | SIGCHLD, 0, 0, 0, EPERM },
    { "clone as fork", SYS_clone, SIGCHLD, 0, 0, 0, FORKED },
    // oneself only
    { "prlimit of another", SYS_prlimit64, 1, RLIMIT_CORE, 0, 0, EPERM },
    { "prlimit of oneself", SYS_prlimit64, 0, RLIMIT_CORE, 0, 0, 0 },
    { "setpriority of another", SYS_setpriority, PRIO_PROCESS, 1, 19, 0, EPERM },
    { "setpriority of a group", SYS_setpriority, PRIO_PGRP, 0, 19, 0, EPERM },
    { "setpriority of a user", SYS_setpriority, PRIO_USER, 0, 19, 0, EPERM },
    { "setpriority of oneself", SYS_setpriority, PRIO_PROCESS, 0, 19, 0, 0 },
    { "sched_setscheduler of another", SYS_sched_setscheduler, 1, 0, 0, 0, EPERM },
    { "sched_setscheduler of oneself", SYS_sched_setscheduler, 0, -1, 0, 0, EINVAL },
    { "sched_setaffinity of another", SYS_sched_setaffinity, 1, 0, 0, 0, EPERM },
    { "ioprio_set of another", SYS_ioprio_set, 1, 1, 0, 0, EPERM },
    // arguments
    { "socketpair AF_INET", SYS_socketpair, AF_INET, SOCK_STREAM, 0, 0, EPERM },
    { "socketpair AF_NETLINK", SYS_socketpair, AF_NETLINK, SOCK_RAW, 0, 0, EPERM },
    { "ioctl TIOCSTI", SYS_ioctl, -1, TIOCSTI, 0, 0, EPERM }, { "ioctl TIOCLINUX", SYS_ioctl, -1, TIOCLINUX, 0, 0, EPERM },
    { "ioctl FS_IOC_SETFLAGS", SYS_ioctl, -1, (long)FS_IOC_SETFLAGS, 0, 0, EPERM },
    { "ioctl FS_IOC_FSSETXATTR", SYS_ioctl, -1, (long)FS_IOC_FSSETXATTR, 0, 0, EPERM },
    { "ioctl FIONREAD", SYS_ioctl, -1, FIONREAD, 0, 0, EBADF },
    { "fcntl F_NOTIFY", SYS_fcntl, -1, F_NOTIFY, 0, 0, EPERM }, { "fcntl F_GETFD", SYS_fcntl, -1, F_GETFD, 0, 0, EBADF },
    // done already, so that even a descriptor that is none will do
    { NAMED(SYS_fsync), -1, 0, 0, 0, 0 }, { NAMED(SYS_fdatasync), -1, 0, 0, 0, 0 }, { NAMED(SYS_syncfs), -1, 0, 0, 0, 0 },
    { NAMED(SYS_sync), 0, 0, 0, 0, 0 }, { NAMED(SYS_sync_file_range), -1, 0, 0, 0, 0 }, { NAMED(SYS_msync), 1, 1, 99, 0, 0 },
    // allowed
    { NAMED(SYS_getpid), 0, 0, 0, 0, 0 }, { NAMED(SYS_memfd_create), (long)"name", 0, 0, 0, 0 },
    { NAMED(SYS_close), -1, 0, 0, 0, EBADF }, { NAMED(SYS_getrandom), 0, 0, 0, 0, 0 },
    { NAMED(SYS_pidfd_open), -1, 0, 0, 0, EINVAL }, { NAMED(SYS_sched_yield), 0, 0, 0, 0, 0 },
#if defined(__x86_64__)
    { "getpid of x32", 0x40000000 + SYS_getpid, 0, 0, 0, 0, ENOSYS },
    { "mount of x32", 0x40000000 + SYS_mount, 0, 0, 0, 0, ENOSYS },
    { NAMED(SYS_iopl), 0, 0, 0, 0, EPERM }, { NAMED(SYS_modify_ldt), 0, 0, 0, 0, EPERM },
#endif
};
#define ROWS (sizeof rows / sizeof *rows)

static bool lay_on(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && install_filter(); }

static int try_call(const struct row *row)
{
    errno = 0;
    long result = syscall(row->call, row->a, row->b, row->c, row->d, 0, 0);
    if (row->call == SYS_clone && result >= 0) {
        if (result == 0)
            _exit(0);
        return waitpid((pid_t)result, NULL, 0) == result ? FORKED : -1;
    }
    return result == -1 ? errno : 0;
}

static void Each_call_is_denied_or_let_through_as_meant(void)
{
    int answers[ROWS] = { 0 }, ends[2], status = 0;
    if (!CHECK(pipe(ends) == 0, "a pipe"))
        return;
    pid_t pid = fork();
    if (pid == 0) {
        bool laid_on = lay_on();
        for (size_t i = 0; laid_on && i < ROWS; i++)
            answers[i] = try_call(&rows[i]);
        _exit(laid_on && write(ends[1], answers, sizeof answers) == (ssize_t)sizeof answers ? 0 : 1);
    }
    close(ends[1]);
    bool whole = read(ends[0], answers, sizeof answers) == (ssize_t)sizeof answers;
    close(ends[0]);
    waitpid(pid, &status, 0);
    CHECK(whole && status == 0, "status %d", status);
    for (size_t i = 0; whole && i < ROWS; i++)
        CHECK(answers[i] == rows[i].expected, "%s gave %d, not %d", rows[i].name, answers[i], rows[i].expected);
}

static int status_of(void (*inside)(void))
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        if (!lay_on())
            _exit(99);
        inside();
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return status;
}

static void in_pairs(void)
{
    int ends[2];
    char byte = 'x';
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 || send(ends[0], &byte, 1, 0) != 1 || recv(ends[1], &byte, 1, 0) != 1)
        _exit(1);
}

static void in_memory(void)
{
    int file = memfd_create("name", MFD_CLOEXEC);
    if (file < 0 || ftruncate(file, 4096) != 0 || mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0) == MAP_FAILED)
        _exit(1);
}

static void through_exec(void)
{
    execl("/bin/sh", "sh", "-c", "exit 7", (char *)NULL);
    _exit(1);
}

static void What_programs_need_still_works(void)
{
    CHECK(status_of(in_pairs) == 0, "socket pairs");
    CHECK(status_of(in_memory) == 0, "files in memory");
    int status = status_of(through_exec);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7, "a program: %d", status);
}

static void It_can_be_laid_on_twice(void)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(lay_on() && install_filter() && syscall(SYS_unshare, 0) == -1 && errno == EPERM ? 0 : 1);
    waitpid(pid, &status, 0);
    CHECK(status == 0, "status %d", status);
}

#if defined(__x86_64__)
static void by_old_number(void)
{
    long result = 20;  // getpid of 32-bit programs
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
}

static void Calls_of_32_bit_programs_end_the_program(void)
{
    int status = status_of(by_old_number);
    // A kernel built without them gives SIGSEGV.
    CHECK(WIFSIGNALED(status) && (WTERMSIG(status) == SIGSYS || WTERMSIG(status) == SIGSEGV), "status %d", status);
}
#endif

int main(void)
{
    RUN(Each_call_is_denied_or_let_through_as_meant);
    RUN(What_programs_need_still_works);
    RUN(It_can_be_laid_on_twice);
#if defined(__x86_64__)
    RUN(Calls_of_32_bit_programs_end_the_program);
#endif
    return finish();
}
