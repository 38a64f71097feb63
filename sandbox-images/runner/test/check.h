// The least that a test program needs: named tests, checks that say what did not hold, and a count at the end.
#ifndef CHECK_H
#define CHECK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static unsigned passed, failed, skipped;
static bool holds;

#define CHECK(condition, ...) check((condition), __FILE__, __LINE__, #condition, __VA_ARGS__)
#define RUN(test) run_test(#test, test)

static inline bool __attribute__((format(printf, 5, 6)))
check(bool condition, const char *file, int line, const char *text, const char *format, ...)
{
    if (condition)
        return true;
    va_list arguments;
    va_start(arguments, format);
    printf("%s:%d: %s: ", file, line, text);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
    holds = false;
    return false;
}

static inline void run_test(const char *name, void (*test)(void))
{
    holds = true;
    test();
    fflush(stdout);
    if (holds) {
        passed++;
    } else {
        failed++;
        printf("FAILED %s\n", name);
    }
}

static inline void skip_test(const char *name, const char *why)
{
    skipped++;
    printf("skipped %s: %s\n", name, why);
}

static inline int finish(void)
{
    printf("%u passed, %u failed, %u skipped\n", passed, failed, skipped);
    return failed ? 1 : 0;
}

#endif
