// Streams of what is read: strictly, as a validator does, or whatever white space there is. A part of testlib.h.
#ifndef TESTLIB_STREAM_H
#define TESTLIB_STREAM_H

#include "testlib_pattern.h"

class InStream {
  public:
    std::string name;
    bool strict = false, isOutput = false;

    void openFile(const std::string &called, const std::string &path, bool isStrict, bool ofCandidate) {
        int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        openDescriptor(called, file, isStrict, ofCandidate);
        ended = file < 0;
    }

    void openDescriptor(const std::string &called, int from, bool isStrict, bool ofCandidate) {
        name = called;
        descriptor = from;
        strict = isStrict;
        isOutput = ofCandidate;
        buffer.resize(1 << 16);
    }

    bool cameToEnd() const { return ended; }
    bool eofWasRead() const { return eofRead; }

    [[noreturn]] void quit(TResult result, const std::string &message);
    TESTLIB_PRINTF(3) [[noreturn]] void quitf(TResult result, const char *form, ...) {
        TESTLIB_FORMAT(form, message);
        quit(result, message);
    }
    TESTLIB_PRINTF(4) void quitif(bool condition, TResult result, const char *form, ...) {
        if (condition) {
            TESTLIB_FORMAT(form, message);
            quit(result, message);
        }
    }
    TESTLIB_PRINTF(3) void ensuref(bool condition, const char *form, ...) {
        if (!condition) {
            TESTLIB_FORMAT(form, message);
            quit(_wa, message);
        }
    }

    // Characters. What comes at the end is EOF.
    int curChar() { return peek(); }
    int nextChar() { return take(); }
    void skipChar() { take(); }
    char readChar() {
        int letter = take();
        if (letter == EOF)
            quit(_unexpected_eof, "Unexpected end of file");
        return char(letter);
    }
    char readChar(char expected) {
        char found = readChar();
        if (found != expected)
            quit(_pe, format("Unexpected character #%d, but '%c' expected", int((unsigned char)found), expected));
        return found;
    }
    char readSpace() { return readChar(' '); }
    void unreadChar(char) { position -= position > 0; }

    bool eof() { return peek() == EOF; }
    bool eoln() { return peek() == '\n' || (peek() == '\r' && !strict); }
    bool seekEof() {
        skipBlanks();
        return eof();
    }
    bool seekEoln() {
        while (peek() == ' ' || peek() == '\t')
            take();
        return peek() == '\n' || peek() == '\r' || eof();
    }
    void skipBlanks() {
        while (peek() != EOF && isBlanks(char(peek())))
            take();
    }
    void readEof() {
        if (!strict)
            skipBlanks();
        if (!eof())
            quit(_pe, "Expected EOF");
        eofRead = true;
    }
    void readEoln() {
        if (!strict)
            while (peek() == ' ' || peek() == '\t' || peek() == '\r')
                take();
        if (take() != '\n')
            quit(_pe, "Expected EOLN");
    }
    void nextLine() { readLine(); }

    std::string readToken() {
        if (!strict)
            skipBlanks();
        if (eof())
            quit(_unexpected_eof, "Unexpected end of file - token expected");
        std::string token;
        while (peek() != EOF && !isBlanks(char(peek())))
            append(token);
        if (token.empty())
            quit(_pe, "Unexpected white space - token expected");
        return token;
    }
    std::string readToken(const pattern &form, const std::string &variable = "") { return fitting("Token", readToken(), form, variable); }
    std::string readToken(const std::string &form, const std::string &variable = "") { return readToken(pattern(form), variable); }
    template <class... All> std::string readWord(const All &...all) { return readToken(all...); }
    template <class... All> void readTokenTo(std::string &into, const All &...all) { into = readToken(all...); }
    template <class... All> void readWordTo(std::string &into, const All &...all) { into = readToken(all...); }

    // The rest of a line, without its end.
    std::string readLine() {
        if (eof())
            quit(_unexpected_eof, "Unexpected end of file - line expected");
        std::string line;
        while (peek() != EOF && peek() != '\n')
            append(line);
        if (take() == EOF && strict)
            quit(_pe, "Expected EOLN");
        if (!strict && !line.empty() && line.back() == '\r')
            line.pop_back();
        return line;
    }
    std::string readLine(const pattern &form, const std::string &variable = "") { return fitting("Line", readLine(), form, variable); }
    std::string readLine(const std::string &form, const std::string &variable = "") { return readLine(pattern(form), variable); }
    template <class... All> std::string readString(const All &...all) { return readLine(all...); }
    template <class... All> void readLineTo(std::string &into, const All &...all) { into = readLine(all...); }
    template <class... All> void readStringTo(std::string &into, const All &...all) { into = readLine(all...); }

    long long readLong() { return integer<long long>("integer"); }
    long long readLong(long long from, long long to, const std::string &variable = "") { return within("Integer", readLong(), from, to, variable); }
    int readInt() { return integer<int>("int32"); }
    int readInt(int from, int to, const std::string &variable = "") { return within("Integer", readInt(), from, to, variable); }
    int readInteger() { return readInt(); }
    int readInteger(int from, int to, const std::string &variable = "") { return readInt(from, to, variable); }
    unsigned long long readUnsignedLong() { return integer<unsigned long long>("unsigned integer"); }
    unsigned long long readUnsignedLong(unsigned long long from, unsigned long long to, const std::string &variable = "") {
        return within("Integer", readUnsignedLong(), from, to, variable);
    }

    double readDouble() {
        std::string token = readToken();
        double value = 0;
        if (!isDecimal(token) || !std::isfinite(value = std::strtod(token.c_str(), nullptr)))
            quit(_pe, "Expected double, but \"" + compress(token) + "\" found");
        return value;
    }
    double readDouble(double from, double to, const std::string &variable = "") { return within("Double", readDouble(), from, to, variable); }
    double readReal() { return readDouble(); }
    double readReal(double from, double to, const std::string &variable = "") { return readDouble(from, to, variable); }
    // Without an exponent, and with so many digits after the point.
    double readStrictDouble(double from, double to, int leastAfter, int mostAfter, const std::string &variable = "") {
        std::string token = readToken();
        size_t start = token[0] == '-', point = std::min(token.find('.'), token.size());
        int after = point == token.size() ? 0 : int(token.size() - point - 1);
        bool plain = isDecimal(token) && token.find_first_not_of("0123456789.", start) == std::string::npos && point > start
            && (token[start] != '0' || point == start + 1) && (point == token.size() || after > 0);
        if (!plain || after < leastAfter || after > mostAfter)
            quit(_pe, format("Expected strict double with %d to %d digits after the point, but \"%s\" found", leastAfter, mostAfter, compress(token).c_str()));
        return within("Double", std::strtod(token.c_str(), nullptr), from, to, variable);
    }
    double readStrictReal(double from, double to, int leastAfter, int mostAfter, const std::string &variable = "") {
        return readStrictDouble(from, to, leastAfter, mostAfter, variable);
    }

// Several of one kind, with the name that has each one's number.
#define TESTLIB_MANY(type, many, one) \
    template <class... All> std::vector<type> many(int size, const All &...all) { \
        std::vector<type> read; \
        for (int i = 0; i < size; i++) { \
            if (strict && i > 0) \
                readSpace(); \
            read.push_back(one(all...)); \
        } \
        return read; \
    }
    TESTLIB_MANY(std::string, readTokens, readToken)
    TESTLIB_MANY(std::string, readWords, readToken)
    TESTLIB_MANY(long long, readLongs, readLong)
    TESTLIB_MANY(int, readInts, readInt)
    TESTLIB_MANY(int, readIntegers, readInt)
    TESTLIB_MANY(unsigned long long, readUnsignedLongs, readUnsignedLong)
    TESTLIB_MANY(double, readDoubles, readDouble)
    TESTLIB_MANY(double, readReals, readDouble)
#undef TESTLIB_MANY
    template <class... All> std::vector<std::string> readLines(int size, const All &...all) {
        std::vector<std::string> read;
        for (int i = 0; i < size; i++)
            read.push_back(readLine(all...));
        return read;
    }
    template <class... All> std::vector<std::string> readStrings(int size, const All &...all) { return readLines(size, all...); }

    void close() {
        if (descriptor > 2)
            ::close(descriptor);
        ended = true;
        position = length = 0;
    }

  private:
    static const size_t longest = 64 << 20;

    int descriptor = -1;
    std::vector<char> buffer;
    size_t position = 0, length = 0;
    bool ended = false, eofRead = false;

    int peek() {
        if (position == length && !ended) {
            // Whoever waits for words must have got ours.
            if (descriptor == 0) {
                std::cout.flush();
                std::fflush(stdout);
            }
            ssize_t got;
            do
                got = ::read(descriptor, buffer.data(), buffer.size());
            while (got < 0 && errno == EINTR);
            position = 0;
            length = got > 0 ? size_t(got) : 0;
            ended = got <= 0;
        }
        return position < length ? (unsigned char)buffer[position] : EOF;
    }

    int take() {
        int letter = peek();
        position += letter != EOF;
        return letter;
    }

    void append(std::string &text) {
        if (text.size() == longest)
            quit(_pe, "A token or line is too long");
        text += char(take());
    }

    std::string named(const std::string &variable) const { return variable.empty() ? "" : " [name=" + variable + "]"; }

    std::string fitting(const char *what, const std::string &text, const pattern &form, const std::string &variable) {
        if (!form.matches(text))
            quit(_wa, std::string(what) + " parameter" + named(variable) + " equals to \"" + compress(text) + "\", doesn't correspond to pattern \"" + compress(form.src()) + "\"");
        return text;
    }

    template <class T> T within(const char *what, T value, T from, T to, const std::string &variable) {
        if (!(value >= from && value <= to))
            quit(_wa, std::string(what) + " parameter" + named(variable) + " equals to " + vtos(value) + ", violates the range [" + vtos(from) + ", " + vtos(to) + "]");
        return value;
    }

    // Digits without leading zeros, after a '-' where it may be negative.
    template <class T> T integer(const char *kind) {
        std::string token = readToken();
        bool negative = std::numeric_limits<T>::is_signed && token[0] == '-';
        size_t at = negative;
        bool fits = token.size() > at && token.size() < 24 && (token[at] != '0' || token.size() == 1);
        unsigned long long size = 0, most = (unsigned long long)std::numeric_limits<T>::max() + negative;
        for (; fits && at < token.size(); at++) {
            unsigned digit = unsigned(token[at] - '0');
            fits = digit < 10 && size <= (most - digit) / 10;
            size = size * 10 + digit;
        }
        if (!fits)
            quit(_pe, std::string("Expected ") + kind + ", but \"" + compress(token) + "\" found");
        return negative ? T(0 - size) : T(size);
    }

    static bool isDecimal(const std::string &token) {
        size_t at = token[0] == '-' || token[0] == '+', digits = 0;
        auto skip = [&] {
            for (digits = 0; at < token.size() && token[at] >= '0' && token[at] <= '9'; at++)
                digits++;
            return digits;
        };
        size_t mantissa = skip();
        if (at < token.size() && token[at] == '.' && ++at)
            mantissa += skip();
        if (mantissa == 0)
            return false;
        if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
            at += at + 1 < token.size() && (token[at + 1] == '-' || token[at + 1] == '+') ? 2 : 1;
            if (skip() == 0)
                return false;
        }
        return at == token.size();
    }
};

#endif
