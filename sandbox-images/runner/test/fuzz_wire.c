// Feeds the parser of requests: valid frames, which must come out as they went in; mutations of them, and random bytes,
// which may be accepted or refused, but never read past their end, and what is accepted must be sound.
// Arguments: how many cases, and the seed. The same two give the same cases.
// With clang: -fsanitize=fuzzer,address,undefined -DLIBFUZZER makes a target for libFuzzer of the same checks.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "frames.h"

static uint64_t state;

static void fail(const char *what)
{
    printf("the parser failed: %s\n", what);
    fflush(stdout);
    abort();
}

static bool is_inside(const void *at, size_t length, const uint8_t *frame, size_t frame_length)
{
    const uint8_t *start = at;
    return start >= frame && start <= frame + frame_length && length <= (size_t)(frame + frame_length - start);
}

static void see_strings(char *const *texts, const uint8_t *frame, size_t length)
{
    unsigned count = 0;
    for (; texts[count]; count++)
        if (!is_inside(texts[count], strlen(texts[count]) + 1, frame, length))
            fail("a string reaches out of its frame");
    if (count > MOST_STRINGS)
        fail("too many strings");
}

static void see_file(const struct file *file, const uint8_t *frame, size_t length)
{
    if (!is_inside(file->path, file->path_length + 1, frame, length) || file->path[file->path_length] != 0 ||
        !is_inside(file->content, (size_t)file->length, frame, length))
        fail("a file reaches out of its frame");
    if (!is_inner_path(file->path) || file->path_length > MOST_PATH)
        fail("a file's path leads out of the scratch");
}

// Whatever was accepted can be obeyed.
static void see_request(const struct request *request, const uint8_t *frame, size_t length)
{
    const uint8_t *at = request->files, *end = at + request->files_length;
    struct file file;
    if (!request->argv[0] || request->argv[0][0] != '/' || request->processes == 0 || request->open_files < 8 ||
        request->cpu_us == 0 || request->wall_us == 0 || request->memory == 0 || (request->flags & 0xffffu & ~KNOWN_FLAGS) != 0 ||
        (PINNED_TO(request->flags) != 0 && !(request->flags & FLAG_PIN)) ||
        ((request->flags & FLAG_STREAM) && request->input_length > 0))
        fail("a limit or the program is not one");
    see_strings(request->argv, frame, length);
    see_strings(request->envp, frame, length);
    if (!is_inside(request->files, request->files_length, frame, length) ||
        !is_inside(request->input, request->input_length, frame, length))
        fail("the files or the input reach out of the frame");
    for (uint32_t i = 0; i < request->file_count; i++) {
        if (!next_file(&at, end, &file))
            fail("a file that was accepted is not there");
        see_file(&file, frame, length);
    }
    if (at != end)
        fail("there is more than the files");
    for (uint32_t i = 0; i < request->output_count; i++)
        if (!is_inner_path(request->outputs[i]) || strlen(request->outputs[i]) > MOST_PATH)
            fail("an output file's path leads out of the scratch");
}

static bool parse_any(uint8_t *frame, size_t length)
{
    struct request request;
    struct file file;
    const uint8_t *at = frame, *before = at;
    for (int i = 0; i < 4 && next_file(&at, frame + length, &file); i++, before = at)
        see_file(&file, frame, length);
    if (at != before)
        fail("a file that was refused moved the cursor");
    if (parse_request(frame, length, &request) != NULL)
        return false;
    see_request(&request, frame, length);
    return true;
}

#ifdef LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    parse_any(copy, size);
    free(copy);
    return 0;
}
#else

static uint64_t random64(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 0x2545F4914F6CDD1Dull;
}

static uint32_t below(uint32_t bound) { return (uint32_t)((random64() >> 32) * bound >> 32); }

// Small most of the time, now and then as large as may be.
static uint64_t limit(uint64_t least, uint64_t most)
{
    switch (below(4)) {
    case 0: return least;
    case 1: return most;
    default: return least + random64() % (most - least + 1);
    }
}

static char texts[1u << 19];
static size_t texts_used;

static char *any_text(size_t length, const char *alphabet)
{
    char *text = texts + texts_used;
    uint32_t letters = (uint32_t)strlen(alphabet);
    for (size_t i = 0; i < length; i++)
        text[i] = alphabet[below(letters)];
    text[length] = 0;
    texts_used += length + 1;
    return text;
}

static char *any_path(void)
{
    char *path = texts + texts_used;
    for (uint32_t parts = 1 + below(4); parts > 0; parts--) {
        any_text(1 + below(below(8) == 0 ? 250 : 12), "abc_-=~ \n\xff");
        texts[texts_used - 1] = parts > 1 ? '/' : 0;
    }
    return path;
}

static uint32_t any_count(void) { return below(64) == 0 ? below(MOST_STRINGS) + 1 : below(5); }

static void any_request(struct wanted *wanted)
{
    const uint64_t most = (uint64_t)1 << 50;
    static uint8_t content[4096];
    memset(wanted, 0, sizeof *wanted);
    texts_used = 0;
    wanted->id = (uint32_t)random64();
    wanted->flags = below(KNOWN_FLAGS + 1);
    wanted->cpu_us = limit(1, most);
    wanted->wall_us = limit(1, most);
    wanted->memory = limit(1, most);
    wanted->file_bytes = limit(0, most);
    wanted->output_bytes = limit(0, most);
    wanted->processes = (uint32_t)limit(1, 100000);
    wanted->open_files = (uint32_t)limit(8, 100000);
    wanted->most_outputs = random64();
    for (size_t i = 0; i < sizeof content; i += 256)
        content[i] = (uint8_t)random64();
    wanted->argc = 1 + any_count() % MOST_STRINGS;
    for (uint32_t i = 0; i < wanted->argc; i++) {
        wanted->argv[i] = any_text(below(24) + 1, "xyz/ =\"\xc3\xa9");
        if (i == 0)
            wanted->argv[0][0] = '/';
    }
    wanted->envc = any_count();
    for (uint32_t i = 0; i < wanted->envc; i++)
        wanted->envp[i] = any_text(below(24), "KEY=value");
    wanted->file_count = any_count();
    for (uint32_t i = 0; i < wanted->file_count; i++)
        wanted->files[i] = (struct wanted_file){ any_path(), below(2), content, below(below(16) == 0 ? sizeof content : 40) };
    wanted->output_count = any_count();
    for (uint32_t i = 0; i < wanted->output_count; i++)
        wanted->outputs[i] = any_path();
    wanted->input = content;
    wanted->input_length = wanted->flags & FLAG_STREAM ? 0 : below(below(16) == 0 ? sizeof content : 60);
}

static void see_same(char *const *got, char *const *wanted, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!got[i] || strcmp(got[i], wanted[i]) != 0)
            fail("a string came out otherwise than it went in");
}

static void see_round_trip(uint8_t *frame, size_t length, const struct wanted *wanted)
{
    struct request got;
    struct file file;
    const char *wrong = parse_request(frame, length, &got);
    if (wrong)
        fail(wrong);
    if (got.id != wanted->id || got.flags != wanted->flags || got.cpu_us != wanted->cpu_us || got.wall_us != wanted->wall_us ||
        got.memory != wanted->memory || got.file_bytes != wanted->file_bytes || got.output_bytes != wanted->output_bytes ||
        got.processes != wanted->processes || got.open_files != wanted->open_files ||
        got.file_count != wanted->file_count || got.output_count != wanted->output_count ||
        got.most_outputs != wanted->most_outputs || got.input_length != wanted->input_length ||
        memcmp(got.input, wanted->input, got.input_length) != 0)
        fail("a number or the input came out otherwise than it went in");
    if (got.argv[wanted->argc] || got.envp[wanted->envc])
        fail("there are more strings than went in");
    see_same(got.argv, wanted->argv, wanted->argc);
    see_same(got.envp, wanted->envp, wanted->envc);
    see_same(got.outputs, wanted->outputs, wanted->output_count);
    const uint8_t *at = got.files, *end = at + got.files_length;
    for (uint32_t i = 0; i < got.file_count; i++) {
        const struct wanted_file *in = &wanted->files[i];
        if (!next_file(&at, end, &file) || strcmp(file.path, in->path) != 0 || file.length != in->length ||
            file.executable != (in->executable == 1) || memcmp(file.content, in->content, (size_t)in->length) != 0)
            fail("a file came out otherwise than it went in");
    }
    see_request(&got, frame, length);
}

static uint64_t extreme(void)
{
    static const uint64_t values[] = {
        0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000,
        0xfffffffffffffffe, 0xffffffffffffffff, 64, 65, 1u << 20,
    };
    return values[below(sizeof values / sizeof *values)];
}

// One thing changed of a frame that lies at the end of its room; its new length.
static size_t mutate(uint8_t *frame, size_t length, const struct frame *of)
{
    if (length == 0)
        return 0;
    switch (below(6)) {
    case 0:
        frame[below((uint32_t)length)] ^= (uint8_t)(1u << below(8));
        return length;
    case 1:
        frame[below((uint32_t)length)] = (uint8_t)random64();
        return length;
    case 2:
        return below((uint32_t)length);
    case 3: {  // a piece goes, and what follows moves up
        size_t at = below((uint32_t)length), gone = 1 + below((uint32_t)(length - at));
        memmove(frame + at, frame + at + gone, length - at - gone);
        return length - gone;
    }
    default: {
        uint32_t field = below(of->field_count);
        size_t at = of->fields[field].at;
        unsigned width = of->fields[field].width;
        uint64_t old = 0, value;
        if (at + width > length)
            return length;
        for (unsigned i = 0; i < width; i++)
            old |= (uint64_t)frame[at + i] << (8 * i);
        value = below(2) ? extreme() : old + below(5) - 2;
        for (unsigned i = 0; i < width; i++)
            frame[at + i] = (uint8_t)(value >> (8 * i));
        return length;
    }
    }
}

int main(int argc, char **argv)
{
    uint64_t cases = argc > 1 ? strtoull(argv[1], NULL, 10) : 2000000;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20261124, valid = 0, mutants = 0, accepted = 0, noise = 0;
    // What is parsed lies at the end of its room, so that one byte more than is there is the sanitizer's.
    uint8_t *room = malloc(FRAME_ROOM), *made = malloc(FRAME_ROOM), *work = malloc(FRAME_ROOM);
    struct frame frame = { .bytes = made };
    static struct wanted wanted;
    if (!room || !made || !work)
        return 1;
    state = seed * 0x9E3779B97F4A7C15ull + 1;
    for (uint64_t i = 0; i < cases; i++) {
        size_t length;
        if (i % 32 == 0) {
            any_request(&wanted);
            write_request(&frame, &wanted);
            length = frame.length;
            memcpy(room + FRAME_ROOM - length, made, length);
            see_round_trip(room + FRAME_ROOM - length, length, &wanted);
            valid++;
        } else if (i % 8 == 1) {
            length = below(200);
            for (size_t at = 0; at < length; at++)
                room[FRAME_ROOM - length + at] = below(3) ? (uint8_t)below(3) : (uint8_t)random64();
            parse_any(room + FRAME_ROOM - length, length);
            noise++;
        } else {
            length = frame.length;
            memcpy(work, made, length);
            for (uint32_t changes = 1 + below(3); changes > 0; changes--)
                length = mutate(work, length, &frame);
            memcpy(room + FRAME_ROOM - length, work, length);
            accepted += parse_any(room + FRAME_ROOM - length, length);
            mutants++;
        }
    }
    free(room);
    free(made);
    free(work);
    printf("seed %llu: %llu frames came out as they went in; of %llu mutations %llu were accepted, and sound; %llu of random bytes\n",
           (unsigned long long)seed, (unsigned long long)valid, (unsigned long long)mutants, (unsigned long long)accepted,
           (unsigned long long)noise);
    // All refused or all accepted would mean that not the parser was tested, but its first line.
    bool fair = cases < 10000 || (accepted > mutants / 100 && accepted < mutants / 2);
    printf("%d passed, %d failed, 0 skipped\n", fair, !fair);
    return fair ? 0 : 1;
}
#endif
