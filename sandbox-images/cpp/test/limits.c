// Reaches the limit whose name stands on standard input; 3 is how a program ends that meets it in an orderly way.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char block[1 << 19];

static int is(const char *limit, const char *name) { return strcmp(limit, name) == 0; }

int main(void)
{
    char limit[32] = "", name[16];
    if (!fgets(limit, sizeof limit, stdin))
        return 1;
    limit[strcspn(limit, "\n")] = 0;
    if (is(limit, "cpu"))
        for (volatile int i = 0;; i++)
            ;
    if (is(limit, "wall"))
        sleep(60);
    if (is(limit, "memory"))
        for (;;)
            memset(malloc(1 << 20), 1, 1 << 20);
    if (is(limit, "processes"))
        for (int i = 0; i < 100; i++) {
            pid_t child = fork();
            if (child < 0)
                return 3;
            if (child == 0) {
                sleep(60);
                return 0;
            }
        }
    if (is(limit, "output"))
        for (int i = 0; i < 4; i++)
            fwrite(block, 1, sizeof block, stdout);
    if (is(limit, "file"))
        for (int file = open("large", O_CREAT | O_WRONLY, 0600);;)
            if (write(file, block, sizeof block) < 0)
                return 3;
    if (is(limit, "open files"))
        while (open("/dev/null", O_RDONLY) >= 0)
            ;
    if (is(limit, "scratch"))
        for (int i = 0; i < 1000; i++) {
            snprintf(name, sizeof name, "%d", i);
            FILE *file = fopen(name, "w");
            if (!file || fwrite(block, 1, sizeof block, file) != sizeof block || fclose(file) != 0)
                return 3;
        }
    return 3;
}
