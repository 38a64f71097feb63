// The system-call filter. It is laid on the agent once its namespaces stand, and every program inherits it:
// neither has a use for what it denies.
//
// A list of what is denied, not of what is allowed: candidates bring their own runtimes. Namespaces, ids and limits
// hold without it; it narrows what of the kernel can be reached.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runner.h"

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#else
#error "The sandbox knows the system calls of x86-64 and aarch64 only"
#endif

// Calls newer than the headers we are built with, by the numbers that all architectures share.
#define NR_MEMFD_SECRET 447
#define NR_SET_MEMPOLICY_HOME_NODE 450
#define NR_STATMOUNT 457
#define NR_LISTMOUNT 458
#define NR_LSM_SET_SELF_ATTR 460
#define NR_OPEN_TREE_ATTR 467

static const int denied[] = {
    // another process
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd, SYS_kcmp, SYS_process_madvise,
    SYS_migrate_pages, SYS_move_pages,
    // mounts and roots
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount, SYS_fsopen, SYS_fsconfig,
    SYS_fsmount, SYS_fspick, SYS_mount_setattr, NR_STATMOUNT, NR_LISTMOUNT, NR_OPEN_TREE_ATTR, SYS_quotactl,
    SYS_quotactl_fd, SYS_name_to_handle_at, SYS_open_by_handle_at, SYS_fanotify_init, SYS_fanotify_mark,
    SYS_swapon, SYS_swapoff, SYS_acct,
    // namespaces
    SYS_unshare, SYS_setns, SYS_sethostname, SYS_setdomainname,
    // network: no socket can be made, so that these are left with socket pairs
    SYS_socket, SYS_bind, SYS_connect, SYS_listen, SYS_accept, SYS_accept4,
    // IPC that outlives a process
    SYS_shmget, SYS_shmat, SYS_shmctl, SYS_shmdt, SYS_semget, SYS_semop, SYS_semctl, SYS_semtimedop, SYS_msgget,
    SYS_msgsnd, SYS_msgrcv, SYS_msgctl, SYS_mq_open, SYS_mq_unlink, SYS_mq_notify, SYS_mq_timedsend,
    SYS_mq_timedreceive, SYS_mq_getsetattr,
    // keys
    SYS_keyctl, SYS_add_key, SYS_request_key,
    // large or young parts of the kernel
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_setup, SYS_io_submit, SYS_io_cancel, SYS_io_destroy,
    SYS_io_getevents, SYS_lookup_dcookie, NR_MEMFD_SECRET, SYS_mbind, SYS_set_mempolicy, NR_SET_MEMPOLICY_HOME_NODE,
    NR_LSM_SET_SELF_ATTR, SYS_vmsplice,
    // the machine
    SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime, SYS_adjtimex, SYS_reboot, SYS_kexec_load,
    SYS_kexec_file_load, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_syslog, SYS_vhangup,
    SYS_personality, SYS_nfsservctl,
    // locks and watches on the host's files, which programs of other slots would feel
    SYS_flock, SYS_inotify_init1, SYS_inotify_add_watch,
#if defined(__x86_64__)
    SYS_inotify_init, SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS__sysctl, SYS_uselib, SYS_ustat, SYS_sysfs, SYS_create_module,
    SYS_get_kernel_syms, SYS_query_module,
#endif
};

// Done at once: what a program writes is in memory, so that there is nothing to wait for; and through the read-only
// files it would make the host's disk work, and every other slot wait.
static const int done_already[] = {
    SYS_sync, SYS_syncfs, SYS_fsync, SYS_fdatasync, SYS_sync_file_range, SYS_msync,
};

// Programs fall back when these are said not to exist. clone3 hides its flags in memory, where no filter can see them.
static const int absent[] = { SYS_clone3, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register };

// Allowed for oneself only, which an argument of 0 says.
static const struct { int call; int argument; } own_only[] = {
    { SYS_prlimit64, 0 }, { SYS_sched_setparam, 0 }, { SYS_sched_setscheduler, 0 }, { SYS_sched_setaffinity, 0 },
    { SYS_sched_setattr, 0 }, { SYS_setpriority, 0 }, { SYS_setpriority, 1 }, { SYS_ioprio_set, 1 },
};

#define NEW_NAMESPACES (CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)
#define DENY (SECCOMP_RET_ERRNO | EPERM)
#define LOW(n) (offsetof(struct seccomp_data, args) + 8 * (size_t)(n))

static struct sock_filter code[512];
static unsigned short length;

static void emit(unsigned short op, uint32_t k, uint8_t yes, uint8_t no)
{
    if (length < sizeof code / sizeof *code)
        code[length++] = (struct sock_filter){ op, yes, no, k };
}

static void load(size_t offset) { emit(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }
static void give(uint32_t verdict) { emit(BPF_RET | BPF_K, verdict, 0, 0); }

// Each block leaves the call's number in the register for the next.
static void refuse(int call, uint32_t verdict)
{
    emit(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
    give(verdict);
}

// Allows the call where the masked argument has this value, else denies it.
static void only_if(int call, int argument, uint32_t mask, uint32_t value)
{
    emit(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 5);
    load(LOW(argument));
    emit(BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
    emit(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0);
    give(DENY);
    load(offsetof(struct seccomp_data, nr));
}

static void refuse_if(int call, int argument, uint32_t value)
{
    emit(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
    load(LOW(argument));
    emit(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    give(DENY);
    load(offsetof(struct seccomp_data, nr));
}

bool install_filter(void)
{
    length = 0;
    load(offsetof(struct seccomp_data, arch));
    emit(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0);
    give(SECCOMP_RET_KILL_PROCESS);
    load(offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    emit(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1);  // the x32 calls, which would go round every test below
    give(SECCOMP_RET_ERRNO | ENOSYS);
#endif
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++)
        refuse(denied[i], DENY);
    for (size_t i = 0; i < sizeof done_already / sizeof *done_already; i++)
        refuse(done_already[i], SECCOMP_RET_ERRNO | 0);
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        refuse(absent[i], SECCOMP_RET_ERRNO | ENOSYS);
    for (size_t i = 0; i < sizeof own_only / sizeof *own_only; i++)
        only_if(own_only[i].call, own_only[i].argument, ~0u, 0);
    only_if(SYS_clone, 0, NEW_NAMESPACES, 0);
    only_if(SYS_socketpair, 0, ~0u, AF_UNIX);
    refuse_if(SYS_ioctl, 1, TIOCSTI);
    refuse_if(SYS_ioctl, 1, 0x541C);  // TIOCLINUX
    // Flags of the scratch's own folder would outlive the run.
    refuse_if(SYS_ioctl, 1, (uint32_t)FS_IOC_SETFLAGS);
    refuse_if(SYS_ioctl, 1, (uint32_t)FS_IOC_FSSETXATTR);
    refuse_if(SYS_fcntl, 1, F_NOTIFY);
    give(SECCOMP_RET_ALLOW);
    struct sock_fprog program = { length, code };
    if (length >= sizeof code / sizeof *code)
        return false;
    // Without the flag old kernels slow every program down against an attack on others in its own process.
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program) == 0 ||
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}
