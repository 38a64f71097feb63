/* Runs the check's main, which stays main, between the C library and its end: exit() never comes back here, whoever calls
   it. For C and C++. */
#include "kernel.h"

static int (*rewardserver_main)(int, char **, char **);

#ifdef __cplusplus
extern "C" {
#endif
extern void *rewardserver_find(void *, const char *) __asm__("dlsym");
extern int rewardserver_flush(void *) __asm__("fflush");

__attribute__((noreturn)) static void rewardserver_wrong(int line)
{
    char text[32] = "wrong ";
    unsigned long length = 6, from = 32;
    char digits[32];
    do
        digits[--from] = (char)('0' + line % 10);
    while ((line /= 10) > 0);
    while (from < 32)
        text[length++] = digits[from++];
    rewardserver_flush(0);
    rewardserver_write_all(rewardserver.report, text, length);
    rewardserver_leave(1);
}

static int rewardserver_checked(int count, char **arguments, char **environment)
{
    if (rewardserver_main(count, arguments, environment) != 0)
        rewardserver_wrong(0);
    rewardserver_write_all(rewardserver.report, "done ", 5);
    rewardserver_write_all(rewardserver.report, rewardserver.input, rewardserver.length);
    rewardserver_leave(0);
}

int __libc_start_main(int (*start)(int, char **, char **), int count, char **arguments, void (*init)(void), void (*fini)(void), void (*loaded)(void), void *end)
{
    int (*real)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void), void *);
    *(void **)&real = rewardserver_find((void *)-1L, "__libc_start_main");
    rewardserver_main = start;
    return real(rewardserver_checked, count, arguments, init, fini, loaded, end);
}
#ifdef __cplusplus
}
#endif
