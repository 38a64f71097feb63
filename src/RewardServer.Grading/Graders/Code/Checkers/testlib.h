// The interface of the library "testlib" for checkers, interactors, generators and validators of programming contests,
// written anew from what is documented of it. Files are "input", "output" and "answer" where no arguments name others;
// a generator without arguments takes the words of its standard input for them.
//
// A verdict is an exit code, a message on standard error, and a line on descriptor 3, by which whoever runs the program
// tells a verdict from an end without one.
#ifndef TESTLIB_H
#define TESTLIB_H

#include "testlib_base.h"
#include "testlib_pattern.h"
#include "testlib_random.h"
#include "testlib_stream.h"

#include <fstream>

static InStream inf, ouf, ans;
static std::fstream tout;
static TTestlibMode testlibMode = _unknown;
static int testlibCase = -1;
static bool testlibEnded = false;

// Ends with a verdict: everything that decides comes through here.
[[noreturn]] static void testlibEnd(TResult result, double points, std::string message) {
    if (result == _ok && testlibMode == _checker && !ouf.seekEof()) {
        result = _dirt;
        message = "Extra information in the output file";
    }
    if (testlibCase >= 0)
        message = "test case " + vtos(testlibCase) + ": " + message;
    if (testlibMode == _validator && result != _ok)
        result = _fail;
    std::string name;
    int code = result;
    switch (result) {
    case _ok: name = "ok "; break;
    case _wa: name = "wrong answer "; break;
    case _dirt:
    case _unexpected_eof:
    case _pe: name = "wrong output format "; code = _pe; break;
    case _fail: name = "FAIL "; break;
    case _points: name = "points " + removeDoubleTrailingZeroes(format("%.10f", points)) + " "; code = 7; break;
    default: name = "partially correct (" + vtos(result - _partially) + ") "; break;
    }
    testlibEnded = true;
    std::cout.flush();
    std::fflush(stdout);
    std::fprintf(stderr, "%s%s\n", name.c_str(), message.substr(0, 32000).c_str());
    std::fflush(stderr);
    if (tout.is_open())
        tout.close();
    std::string said = "quit " + vtos(code) + (testlibMode == _interactor && ouf.cameToEnd() ? " 1" : " 0");
    if (::write(3, said.data(), said.size()) < 0 && errno != EBADF)
        code = _fail;
    std::exit(code);
}

// A program that ends without a verdict is broken: a checker that accepts says so.
struct TestlibEndGuard {
    ~TestlibEndGuard() {
        bool judges = testlibMode == _checker || testlibMode == _interactor;
        if (!testlibEnded && judges) {
            std::fputs("FAIL the program ended without a verdict\n", stderr);
            std::_Exit(_fail);
        }
        if (!testlibEnded && testlibMode == _validator && !inf.eofWasRead()) {
            std::fputs("FAIL the validator did not read to the end of the file\n", stderr);
            std::_Exit(_fail);
        }
    }
};
static TestlibEndGuard testlibEndGuard;

[[noreturn]] inline void quit(TResult result, const std::string &message) { testlibEnd(result, 0, message); }

TESTLIB_PRINTF(2) [[noreturn]] inline void quitf(TResult result, const char *form, ...) {
    TESTLIB_FORMAT(form, message);
    testlibEnd(result, 0, message);
}

TESTLIB_PRINTF(3) inline void quitif(bool condition, TResult result, const char *form, ...) {
    if (condition) {
        TESTLIB_FORMAT(form, message);
        testlibEnd(result, 0, message);
    }
}

[[noreturn]] inline void quitp(double points, const std::string &message = "") { testlibEnd(_points, points, message); }

TESTLIB_PRINTF(2) [[noreturn]] inline void quitp(double points, const char *form, ...) {
    TESTLIB_FORMAT(form, message);
    testlibEnd(_points, points, message);
}

TESTLIB_PRINTF(2) inline void ensuref(bool condition, const char *form, ...) {
    if (!condition) {
        TESTLIB_FORMAT(form, message);
        testlibEnd(_fail, 0, message);
    }
}

#define ensure(condition) ensuref(bool(condition), "Condition failed: \"%s\"", #condition)

// What a stream of the task's own cannot be read from is the task's fault, not the candidate's.
inline void InStream::quit(TResult result, const std::string &message) {
    if (isOutput)
        testlibEnd(result, 0, message);
    testlibEnd(_fail, 0, name + ": " + message);
}

inline void setName(const char *, ...) {}
inline void setTestCase(int number) { testlibCase = number; }
inline void unsetTestCase() { testlibCase = -1; }

inline void registerTestlibCmd(int argc, char *argv[]) {
    testlibMode = _checker;
    inf.openFile("input", argc > 3 ? argv[1] : "input", false, false);
    ouf.openFile("output", argc > 3 ? argv[2] : "output", false, true);
    ans.openFile("answer", argc > 3 ? argv[3] : "answer", false, false);
}

inline void registerInteraction(int argc, char *argv[]) {
    testlibMode = _interactor;
    inf.openFile("input", argc > 2 ? argv[1] : "input", false, false);
    ouf.openDescriptor("output", 0, false, true);
    ans.openFile("answer", argc > 3 ? argv[3] : "answer", false, false);
    tout.open(argc > 2 ? argv[2] : "output", std::ios_base::out);
}

inline void registerValidation() {
    testlibMode = _validator;
    inf.openDescriptor("input", 0, true, false);
}
inline void registerValidation(int, char **) { registerValidation(); }

inline void registerGen(int argc, char *argv[], int = 1) {
    testlibMode = _generator;
    std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (words.empty())
        for (std::string word; std::cin >> word;)
            words.push_back(word);
    testlibSetOptions(words);
    for (const std::string &word : words)
        rnd.mix(word);
}

// Verdicts about what was expected and what was found.
template <class T> inline std::string testlibShow(const T &value) { return vtos(value); }
inline std::string testlibShow(double value) { return removeDoubleTrailingZeroes(format("%.12f", value)); }

template <class Expected, class Found> [[noreturn]] inline void expectedButFound(TResult result, const Expected &expected, const Found &found) {
    quit(result, "expected '" + testlibShow(expected) + "', found '" + testlibShow(found) + "'");
}

template <class Expected, class Found, class... More>
[[noreturn]] inline void expectedButFound(TResult result, const Expected &expected, const Found &found, const char *form, More... more) {
    quit(result, format(form, more...) + ": expected '" + testlibShow(expected) + "', found '" + testlibShow(found) + "'");
}

#endif
