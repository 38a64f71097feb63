// The private root: the host's programs read-only, a scratch that is limited, and nothing else to write to.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runner.h"

static int report_to;

static void must(bool done, const char *what, const char *path)
{
    if (!done)
        broken(report_to, "%s %s: %s", what, path, strerror(errno));
}

// Flags that the host set on a mount are locked in our namespace and have to be repeated by a remount.
static bool restrict_old_way(const char *path, unsigned long flags)
{
    struct statvfs fs;
    if (statvfs(path, &fs) != 0)
        return false;
    if (fs.f_flag & ST_NOEXEC) flags |= MS_NOEXEC;
    if (fs.f_flag & ST_NODEV) flags |= MS_NODEV;
    if (fs.f_flag & ST_NOSUID) flags |= MS_NOSUID;
    if (fs.f_flag & ST_RDONLY) flags |= MS_RDONLY;
    if (fs.f_flag & ST_NOATIME) flags |= MS_NOATIME;
    if (fs.f_flag & ST_NODIRATIME) flags |= MS_NODIRATIME;
    if (fs.f_flag & ST_RELATIME) flags |= MS_RELATIME;
    return mount(NULL, path, NULL, MS_REMOUNT | MS_BIND | flags, NULL) == 0;
}

// With all mounts below it where the kernel can (5.12). Where it cannot, mounts below would stay writable:
// then only a tree without any is taken, which a bind without MS_REC sees to.
static bool restrict_tree(const char *path, uint64_t attributes, unsigned long old_flags)
{
    struct mount_attr attr = { .attr_set = attributes };
    if (syscall(SYS_mount_setattr, AT_FDCWD, path, AT_RECURSIVE, &attr, sizeof attr) == 0)
        return true;
    return errno == ENOSYS && restrict_old_way(path, old_flags);
}

static void show(const char *from, const char *to)
{
    struct mount_attr none = { 0 };
    bool recursive = syscall(SYS_mount_setattr, -1, "", 0, &none, sizeof none) == 0 || errno != ENOSYS;
    must(mount(from, to, NULL, MS_BIND | (recursive ? MS_REC : 0), NULL) == 0, "bind", from);
    must(restrict_tree(to, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, MS_RDONLY | MS_NOSUID | MS_NODEV),
         "read-only", from);
}

static void folder(const char *path) { must(mkdir(path, 0755) == 0, "mkdir", path); }

static void file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    must(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text), "write", path);
    close(fd);
}

static void link_to(const char *target, const char *path) { must(symlink(target, path) == 0, "symlink", path); }

// /bin and its like: a link where the host has merged them into /usr, else the folder itself.
static void as_on_the_host(const char *path)
{
    char target[PATH_MAX];
    struct stat info;
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length > 0) {
        target[length] = 0;
        link_to(target, path + 1);
    } else if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        folder(path + 1);
        show(path, path + 1);
    }
}

// FROM:TO, where TO is below /opt/rewardserver: what a resident is made of. Opened while it can be seen: the new root may
// be laid over it.
static void open_shown(const char *const *pairs, int *folders)
{
    char from[PATH_MAX];
    for (; *pairs; pairs++, folders++) {
        const char *colon = strrchr(*pairs, ':');
        if (!colon || strncmp(colon + 1, "/opt/rewardserver/", 18) != 0 || strchr(colon + 19, '/') ||
            snprintf(from, sizeof from, "%.*s", (int)(colon - *pairs), *pairs) >= (int)sizeof from)
            broken(report_to, "cannot show %s", *pairs);
        *folders = open(from, O_PATH | O_DIRECTORY | O_CLOEXEC);
        must(*folders >= 0, "open", from);
    }
}

static void show_folders(const char *const *pairs, const int *folders)
{
    folder("opt");
    folder("opt/rewardserver");
    for (; *pairs; pairs++, folders++) {
        const char *to = strrchr(*pairs, ':') + 2;
        char from[64];
        snprintf(from, sizeof from, "/proc/self/fd/%d", *folders);
        folder(to);
        show(from, to);
        close(*folders);
    }
}

// Debian keeps the settings of its Java apart from it, in a folder a version; the machine does not start without them.
static void show_java(void)
{
    char path[PATH_MAX];
    DIR *etc = opendir("/etc");
    for (struct dirent *entry; etc && (entry = readdir(etc));)
        if (strncmp(entry->d_name, "java-", 5) == 0 && entry->d_type == DT_DIR) {
            snprintf(path, sizeof path, "/etc/%s", entry->d_name);
            folder(path + 1);
            show(path, path + 1);
        }
    if (etc)
        closedir(etc);
}

static void make_etc(bool two_ids)
{
    struct stat info;
    folder("etc");
    if (stat("/etc/ld.so.cache", &info) == 0) {
        file("etc/ld.so.cache", "");
        show("/etc/ld.so.cache", "etc/ld.so.cache");
    }
    if (stat("/etc/alternatives", &info) == 0) {
        folder("etc/alternatives");
        show("/etc/alternatives", "etc/alternatives");
    }
    show_java();
    file("etc/passwd", two_ids ? "root:x:0:0::/:/usr/sbin/nologin\nsandbox:x:1000:1000::" SCRATCH ":/bin/sh\n"
                               : "sandbox:x:0:0::" SCRATCH ":/bin/sh\n");
    file("etc/group", two_ids ? "root:x:0:\nsandbox:x:1000:\n" : "sandbox:x:0:\n");
    file("etc/hostname", "sandbox\n");
}

static void make_dev(void)
{
    static const char *const nodes[] = { "null", "zero", "full", "random", "urandom" };
    folder("dev");
    folder("dev/shm");
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
        char from[32], to[32];
        snprintf(from, sizeof from, "/dev/%s", nodes[i]);
        snprintf(to, sizeof to, "dev/%s", nodes[i]);
        file(to, "");
        must(mount(from, to, NULL, MS_BIND, NULL) == 0, "bind", from);
        must(restrict_tree(to, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, MS_NOSUID | MS_NOEXEC), "restrict", from);
    }
    link_to("/proc/self/fd", "dev/fd");
    link_to("/proc/self/fd/0", "dev/stdin");
    link_to("/proc/self/fd/1", "dev/stdout");
    link_to("/proc/self/fd/2", "dev/stderr");
}

// What the kernel tells of the host and its devices is nobody's business here.
static void mask_host(void)
{
    static const char *const files[] = {
        "cmdline", "config.gz", "diskstats", "interrupts", "iomem", "ioports", "kallsyms", "kcore", "key-users", "keys",
        "kmsg", "modules", "mtrr", "partitions", "sched_debug", "slabinfo", "sysrq-trigger", "timer_list", "vmallocinfo",
    };
    struct stat info;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[64];
        snprintf(path, sizeof path, "proc/%s", files[i]);
        if (stat(path, &info) == 0)
            must(mount("dev/null", path, NULL, MS_BIND, NULL) == 0, "mask", path);
    }
}

// Read-only for the program; a writable mount of the same stays reachable for the agent alone, through a descriptor.
static int make_proc(void)
{
    const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    folder("proc");
    if (mount("proc", "proc", "proc", flags, "hidepid=2") != 0)
        must(mount("proc", "proc", "proc", flags, NULL) == 0, "mount", "/proc");
    folder("dev/.proc");
    must(mount("proc", "dev/.proc", NULL, MS_BIND, NULL) == 0, "bind", "/proc");
    int writable = open("dev/.proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    mask_host();
    must(writable >= 0 && umount2("dev/.proc", MNT_DETACH) == 0 && rmdir("dev/.proc") == 0, "detach", "/proc");
    must(restrict_tree("proc", MOUNT_ATTR_RDONLY, MS_RDONLY | flags), "read-only", "/proc");
    return writable;
}

static int make_scratch(const struct settings *settings, bool two_ids)
{
    char options[128];
    int owner = two_ids ? CANDIDATE_ID : AGENT_ID;
    snprintf(options, sizeof options, "mode=0700,uid=%d,gid=%d,size=%ldm,nr_inodes=%ld", owner, owner,
             settings->scratch_mb, settings->scratch_inodes + 1);
    folder(SCRATCH + 1);
    must(mount("scratch", SCRATCH + 1, "tmpfs", MS_NOSUID | MS_NODEV, options) == 0, "mount", SCRATCH);
    link_to(SCRATCH + 1, "tmp");
    int fd = open(SCRATCH + 1, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    must(fd >= 0, "open", SCRATCH);
    return fd;
}

void build_root(int output, const struct settings *settings, int *scratch, int *proc, bool two_ids)
{
    // Any folder serves that everybody may enter: it is covered only in this namespace.
    const char *place = access("/tmp", X_OK) == 0 ? "/tmp" : "/mnt";
    int shown[MAX_RESIDENT];
    report_to = output;
    umask(022);
    must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0, "private", "/");
    open_shown(settings->show, shown);
    must(mount("root", place, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=1m,nr_inodes=128") == 0, "mount", place);
    must(chdir(place) == 0, "chdir", place);
    folder("usr");
    show("/usr", "usr");
    as_on_the_host("/bin");
    as_on_the_host("/sbin");
    as_on_the_host("/lib");
    as_on_the_host("/lib32");
    as_on_the_host("/lib64");
    make_etc(two_ids);
    show_folders(settings->show, shown);
    make_dev();
    *proc = make_proc();
    *scratch = make_scratch(settings, two_ids);
    must(syscall(SYS_pivot_root, ".", ".") == 0, "pivot_root", place);
    must(umount2(".", MNT_DETACH) == 0, "umount", "the old root");
    must(chdir("/") == 0, "chdir", "/");
    must(mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) == 0, "read-only", "/");
}
