// Deliberate errors, to see that one in the agent does not go unseen. With --wrap=parse_request it is in the agent itself;
// with --wrap=next_file and IN_THE_COPY it is between fork and exec. BUG says which: 1 reads behind a block of the heap,
// 2 is undefined behaviour, 3 decides by a value that was never set.
#define _GNU_SOURCE
#include <stdlib.h>

#include "../runner.h"

static volatile int never_zero = 7;

static void err(void)
{
#if BUG == 1
    volatile char *block = malloc((size_t)never_zero);
    if (block)
        never_zero += block[never_zero] != 0;
    free((void *)(uintptr_t)block);
#elif BUG == 2
    volatile int large = 0x7ffffff0 + never_zero;
    large += 10 * never_zero;
#else
    volatile char *block = malloc((size_t)never_zero);
    if (block && block[1] == 'x')
        never_zero++;
    free((void *)(uintptr_t)block);
#endif
}

#ifndef IN_THE_COPY
const char *__real_parse_request(uint8_t *payload, size_t length, struct request *request);
const char *__wrap_parse_request(uint8_t *payload, size_t length, struct request *request);
const char *__wrap_parse_request(uint8_t *payload, size_t length, struct request *request)
{
    err();
    return __real_parse_request(payload, length, request);
}

#else
bool __real_next_file(const uint8_t **cursor, const uint8_t *end, struct file *file);
bool __wrap_next_file(const uint8_t **cursor, const uint8_t *end, struct file *file);
bool __wrap_next_file(const uint8_t **cursor, const uint8_t *end, struct file *file)
{
    err();
    return __real_next_file(cursor, end, file);
}
#endif
