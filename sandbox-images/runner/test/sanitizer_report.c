// Linked into the agent that is built with AddressSanitizer. In a slot standard error is closed off, the host's files
// are out of sight and descriptors are shut: reports go to memory that is mapped before all that, from the file that
// the environment names.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sanitizer/asan_interface.h>
#include <sys/mman.h>
#include <unistd.h>

#define ROOM (64u << 10)  // the file is as large

static char *page;

static void keep(const char *text)
{
    size_t used = strnlen(page, ROOM - 1), length = strlen(text);
    memcpy(page + used, text, length < ROOM - 1 - used ? length : ROOM - 1 - used);
}

static void tell_of_death(void) { keep("a sanitizer ended a process\n"); }

__attribute__((constructor)) static void open_report(void)
{
    const char *path = getenv("SANITIZER_REPORT");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    page = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (page == MAP_FAILED)
        abort();
    __asan_set_error_report_callback(keep);
    __sanitizer_set_death_callback(tell_of_death);
}
