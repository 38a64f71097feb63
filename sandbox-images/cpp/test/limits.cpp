// Reaches the limit whose name stands on standard input; 3 is how a program ends that meets it in an orderly way.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <string>
#include <unistd.h>

static char block[1 << 19];

int main()
{
    std::string limit;
    std::getline(std::cin, limit);
    if (limit == "cpu")
        for (volatile int i = 0;; i = i + 1)
            ;
    if (limit == "wall")
        sleep(60);
    if (limit == "memory")
        for (;;)
            memset(malloc(1 << 20), 1, 1 << 20);
    if (limit == "processes")
        for (int i = 0; i < 100; i++) {
            pid_t child = fork();
            if (child < 0)
                return 3;
            if (child == 0) {
                sleep(60);
                return 0;
            }
        }
    if (limit == "output")
        for (int i = 0; i < 4; i++)
            fwrite(block, 1, sizeof block, stdout);
    if (limit == "file")
        for (int file = open("large", O_CREAT | O_WRONLY, 0600);;)
            if (write(file, block, sizeof block) < 0)
                return 3;
    if (limit == "open files")
        while (open("/dev/null", O_RDONLY) >= 0)
            ;
    if (limit == "scratch")
        for (int i = 0; i < 1000; i++) {
            FILE *file = fopen(std::to_string(i).c_str(), "w");
            if (!file || fwrite(block, 1, sizeof block, file) != sizeof block || fclose(file) != 0)
                return 3;
        }
    return 3;
}
