// Has the compiler's worker compile one file as the agent has it done, for the image's test:
// resident SOURCE ASSEMBLY WORKER… . Exits with the status of the run, with 70 where the worker is at fault.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
    fprintf(stderr, "resident: %s\n", what);
    exit(70);
}

static void receive(int worker, char *packet, size_t size)
{
    ssize_t length = recv(worker, packet, size - 1, 0);
    if (length <= 0)
        die("the worker is gone");
    packet[length] = 0;
}

static void send_run(int worker, const int descriptors[4])
{
    // Candidate 1000; 30 s of CPU time, files of 64 MiB, 64 processes, any address space, 256 files, 8 MiB of stack.
    char text[] = "run 1 1000 1000 30 67108864 64 -1 256 8388608";
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(4 * sizeof(int))];
    } control = { 0 };
    struct iovec part = { text, strlen(text) };
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(4 * sizeof(int));
    memcpy(CMSG_DATA(&control.header), descriptors, 4 * sizeof(int));
    if (sendmsg(worker, &message, 0) < 0)
        die("the worker takes no run");
}

// A file as the worker reads it, in memory: u32 length, path, u32 length, bytes.
static int bundle(const char *path)
{
    static char text[65536];
    int file = open(path, O_RDONLY), memory = memfd_create("source", MFD_CLOEXEC);
    ssize_t length = read(file, text, sizeof text);
    uint32_t lengths[2] = { (uint32_t)strlen(path), (uint32_t)length };
    if (file < 0 || memory < 0 || length < 0 || length == sizeof text)
        die("no source");
    if (write(memory, &lengths[0], 4) != 4 || write(memory, path, lengths[0]) != (ssize_t)lengths[0] ||
        write(memory, &lengths[1], 4) != 4 || write(memory, text, lengths[1]) != length || lseek(memory, 0, SEEK_SET) != 0)
        die("no memory");
    return memory;
}

static int start(char **command)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        die("no socket");
    pid_t child = fork();
    if (child < 0)
        die("no process");
    if (child == 0) {
        if (ends[1] == 3)
            fcntl(3, F_SETFD, 0);
        else
            dup2(ends[1], 3);
        setenv("RESIDENT_FD", "3", 1);
        execv(command[0], command);
        die("the worker does not start");
    }
    close(ends[1]);
    return ends[0];
}

int main(int argc, char **argv)
{
    if (argc < 4)
        die("usage: resident SOURCE ASSEMBLY WORKER...");
    int worker = start(argv + 3), failure[2], status;
    char packet[4096];
    receive(worker, packet, sizeof packet);
    if (strcmp(packet, "ready") != 0)
        die("the worker is not ready");

    int source = bundle(argv[1]), assembly = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (assembly < 0 || pipe2(failure, O_CLOEXEC) != 0)
        die("no files");
    send_run(worker, (int[]){ source, assembly, 2, failure[1] });
    close(failure[1]);
    ssize_t length = read(failure[0], packet, sizeof packet - 1);
    if (length != 0) {
        packet[length > 0 ? length : 0] = 0;
        die(packet);
    }
    do
        receive(worker, packet, sizeof packet);
    while (sscanf(packet, "ended %d", &status) != 1);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
