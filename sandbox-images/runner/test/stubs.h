// Shared by the tests of single parts: what stubs.c says, and folders to work in.
#ifndef STUBS_H
#define STUBS_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../runner.h"

#define NOBODY 65534

extern bool stub_has_programs;  // what has_programs answers

// The name of a new folder below TMPDIR (or /tmp), which only we may enter.
static inline char *make_folder(void)
{
    const char *place = getenv("TMPDIR");
    char *path = NULL;
    if (asprintf(&path, "%s/runner-test-XXXXXX", place ? place : "/tmp") < 0 || !mkdtemp(path)) {
        perror("mkdtemp");
        exit(1);
    }
    return path;
}

static inline int open_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        perror(path);
        exit(1);
    }
    return folder;
}

static inline void put_file(int at, const char *path, const void *bytes, size_t length, mode_t mode)
{
    int file = openat(at, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0 || write(file, bytes, length) != (ssize_t)length || fchmod(file, mode) != 0) {
        perror(path);
        exit(1);
    }
    close(file);
}

static inline void put_text(int at, const char *path, const char *text) { put_file(at, path, text, strlen(text), 0644); }

#endif
