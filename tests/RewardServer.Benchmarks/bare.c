// What a run costs without a sandbox: fork, exec, read its output, wait. Prints milliseconds, one a line.
//   bare COUNT PROGRAM ARGUMENTS…
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    for (int left = argc > 2 ? atoi(argv[1]) : 0; left > 0; left--) {
        char bytes[4096];
        int ends[2], status;
        double began = now();
        if (pipe(ends) != 0)
            return 1;
        pid_t child = fork();
        if (child == 0) {
            dup2(ends[1], 1);
            close(ends[0]);
            close(ends[1]);
            execv(argv[2], argv + 2);
            _exit(127);
        }
        close(ends[1]);
        while (read(ends[0], bytes, sizeof bytes) > 0)
            ;
        close(ends[0]);
        if (waitpid(child, &status, 0) != child || status != 0)
            return 2;
        printf("%.4f\n", now() - began);
    }
    return 0;
}
