/* Asks the kernel itself, without a name of the C library's: what the candidate calls read, write or _exit is its own
   affair, and its names meet no header of POSIX's. For C and C++.

   Standard input is read to its end, and descriptor 3 put out of the way, before the first constructor of any kind
   runs: .preinit_array comes before them all. */
#ifndef REWARDSERVER_KERNEL
#define REWARDSERVER_KERNEL

#if defined(__x86_64__)
enum { rewardserver_read = 0, rewardserver_write = 1, rewardserver_close = 3, rewardserver_mmap = 9, rewardserver_mremap = 25,
       rewardserver_fcntl = 72, rewardserver_exit = 231, rewardserver_openat = 257, rewardserver_dup3 = 292 };
static long rewardserver_ask(long call, long a, long b, long c, long d, long e, long f)
{
    long answer;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall" : "=a"(answer) : "a"(call), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
    return answer;
}
#elif defined(__aarch64__)
enum { rewardserver_read = 63, rewardserver_write = 64, rewardserver_close = 57, rewardserver_mmap = 222, rewardserver_mremap = 216,
       rewardserver_fcntl = 25, rewardserver_exit = 94, rewardserver_openat = 56, rewardserver_dup3 = 24 };
static long rewardserver_ask(long call, long a, long b, long c, long d, long e, long f)
{
    register long x8 __asm__("x8") = call;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
}
#else
#error "The driver knows the system calls of x86-64 and aarch64 only"
#endif

static struct { const char *input; unsigned long length; int report; } rewardserver;

__attribute__((noreturn)) static void rewardserver_leave(int code)
{
    for (;;)
        rewardserver_ask(rewardserver_exit, code, 0, 0, 0, 0, 0);
}

static void rewardserver_write_all(long file, const char *text, unsigned long length)
{
    while (length > 0) {
        long written = rewardserver_ask(rewardserver_write, file, (long)text, (long)length, 0, 0, 0);
        if (written <= 0 && written != -4) /* interrupted */
            rewardserver_leave(70);
        if (written > 0) {
            text += written;
            length -= (unsigned long)written;
        }
    }
}

static void rewardserver_begin(void)
{
    unsigned long room = 1 << 16, length = 0;
    long file, got = 1, memory = rewardserver_ask(rewardserver_mmap, 0, (long)room, 3, 0x22, -1, 0);
    while (got > 0 || got == -4) {
        if (length + 1 == room) {
            memory = rewardserver_ask(rewardserver_mremap, memory, (long)room, (long)room * 2, 1, 0, 0);
            room *= 2;
        }
        if (memory < 0 && memory > -4096)
            rewardserver_leave(70);
        got = rewardserver_ask(rewardserver_read, 0, memory + (long)length, (long)(room - length - 1), 0, 0, 0);
        if (got > 0)
            length += (unsigned long)got;
    }
    rewardserver.input = (const char *)memory;
    rewardserver.length = length;
    file = rewardserver_ask(rewardserver_openat, -100, (long)"/dev/null", 0, 0, 0, 0);
    rewardserver_ask(rewardserver_dup3, file, 0, 0, 0, 0, 0);
    rewardserver_ask(rewardserver_close, file, 0, 0, 0, 0, 0);
    rewardserver.report = (int)rewardserver_ask(rewardserver_fcntl, 3, 1030, 100, 0, 0, 0); /* F_DUPFD_CLOEXEC */
    rewardserver_ask(rewardserver_close, 3, 0, 0, 0, 0, 0);
}

__attribute__((section(".preinit_array"), used)) static void (*rewardserver_first)(void) = rewardserver_begin;

#endif
