// Verdicts, and texts. A part of testlib.h.
#ifndef TESTLIB_BASE_H
#define TESTLIB_BASE_H

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <climits>
#include <cmath>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <queue>
#include <set>
#include <sstream>
#include <stack>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

enum TResult { _ok = 0, _wa = 1, _pe = 2, _fail = 3, _dirt = 4, _points = 5, _unexpected_eof = 8, _partially = 16 };
#define _pc(part) (TResult(_partially + (part)))

enum TTestlibMode { _unknown, _checker, _validator, _generator, _interactor, _scorer };

const std::string outcomes[] = {"accepted", "wrong-answer", "presentation-error", "fail", "fail", "points", "", "", "unexpected-eof"};

#define TESTLIB_PRINTF(at) __attribute__((format(printf, at, at + 1)))
#define TESTLIB_FORMAT(form, into) \
    std::string into; \
    { \
        va_list testlibArguments; \
        va_start(testlibArguments, form); \
        into = testlibFormat(form, testlibArguments); \
        va_end(testlibArguments); \
    }

inline std::string testlibFormat(const char *form, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = std::vsnprintf(nullptr, 0, form, again);
    va_end(again);
    std::string text(length < 0 ? 0 : size_t(length) + 1, '\0');
    if (length > 0)
        std::vsnprintf(&text[0], text.size(), form, arguments);
    text.resize(length < 0 ? 0 : size_t(length));
    return text;
}

inline std::string testlibPrinted(const char *form, ...) {
    TESTLIB_FORMAT(form, text);
    return text;
}

template <class... More> inline std::string format(const char *form, More... more) { return testlibPrinted(form, more...); }
template <class... More> inline std::string format(const std::string &form, More... more) { return testlibPrinted(form.c_str(), more...); }

template <class T> inline std::string vtos(const T &value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

inline std::string removeDoubleTrailingZeroes(std::string text) {
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.')
            text.pop_back();
    }
    return text;
}

// The start and the end of what is too long to be shown.
inline std::string compress(const std::string &text) {
    return text.size() <= 64 ? text : text.substr(0, 31) + "..." + text.substr(text.size() - 31);
}

inline std::string englishEnding(int number) {
    int last = std::abs(number) % 100;
    if (last / 10 == 1)
        return "th";
    return last % 10 == 1 ? "st" : last % 10 == 2 ? "nd" : last % 10 == 3 ? "rd" : "th";
}

inline char lowerCase(char letter) { return letter >= 'A' && letter <= 'Z' ? char(letter + ('a' - 'A')) : letter; }
inline char upperCase(char letter) { return letter >= 'a' && letter <= 'z' ? char(letter - ('a' - 'A')) : letter; }
inline std::string lowerCase(std::string text) {
    for (char &letter : text)
        letter = lowerCase(letter);
    return text;
}
inline std::string upperCase(std::string text) {
    for (char &letter : text)
        letter = upperCase(letter);
    return text;
}

inline bool isBlanks(char letter) { return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r'; }
inline bool isEof(int letter) { return letter == EOF; }

inline std::string trim(const std::string &text) {
    size_t from = 0, to = text.size();
    while (from < to && isBlanks(text[from]))
        from++;
    while (to > from && isBlanks(text[to - 1]))
        to--;
    return text.substr(from, to - from);
}

// Parts between separators, empty ones too; tokenize leaves those out.
inline std::vector<std::string> split(const std::string &text, const std::string &separators) {
    std::vector<std::string> parts(1);
    for (char letter : text) {
        if (separators.find(letter) != std::string::npos)
            parts.emplace_back();
        else
            parts.back() += letter;
    }
    return parts;
}
inline std::vector<std::string> split(const std::string &text, char separator) { return split(text, std::string(1, separator)); }
inline std::vector<std::string> tokenize(const std::string &text, const std::string &separators) {
    std::vector<std::string> parts = split(text, separators);
    parts.erase(std::remove(parts.begin(), parts.end(), std::string()), parts.end());
    return parts;
}
inline std::vector<std::string> tokenize(const std::string &text, char separator) { return tokenize(text, std::string(1, separator)); }

template <class Iterator> inline std::string join(Iterator first, Iterator last, const std::string &separator = " ") {
    std::ostringstream text;
    for (Iterator at = first; at != last; ++at)
        text << (at == first ? "" : separator) << *at;
    return text.str();
}
template <class Collection> inline std::string join(const Collection &all, const std::string &separator = " ") { return join(all.begin(), all.end(), separator); }

inline void print() {}
template <class T> inline void print(const T &one) { std::cout << one; }
template <class T> inline void print(const std::vector<T> &all) { std::cout << join(all.begin(), all.end()); }
template <class T, class Next, class... More> inline void print(const T &one, const Next &next, const More &...more) {
    print(one);
    std::cout << ' ';
    print(next, more...);
}
template <class... All> inline void println(const All &...all) {
    print(all...);
    std::cout << '\n';
}

const double testlibSlack = 1e-15;

// Whether a number is within an absolute or relative error of the expected one.
inline bool doubleCompare(double expected, double result, double error) {
    error += testlibSlack;
    if (std::isnan(expected) || std::isnan(result))
        return std::isnan(expected) && std::isnan(result);
    if (std::isinf(expected) || std::isinf(result))
        return expected == result;
    return std::fabs(result - expected) <= error || std::fabs(result - expected) <= error * std::fabs(expected);
}

// The lesser of the absolute and the relative error.
inline double doubleDelta(double expected, double result) {
    double absolute = std::fabs(result - expected);
    return std::fabs(expected) > 1e-9 ? std::min(absolute, absolute / std::fabs(expected)) : absolute;
}

#endif
