// The JSON form of values, letter by letter. Few headers, and none that names things in the global namespace beyond
// what <string> brings: the candidate's own names come after.
#pragma once

namespace rewardserver_call {

// What a value is not, in words.
struct mismatch { std::string text; };

// A result that is over what is kept.
struct too_large {};
const std::size_t most_values = 2000000;

inline std::string name_of(const std::type_info& type)
{
    int status = 0;
    char* plain = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
    std::string name = status == 0 ? plain : type.name();
    std::free(plain);
    for (const char* inner : { "::__cxx11::", "::__1::" })
        for (std::size_t at; (at = name.find(inner)) != std::string::npos;)
            name.replace(at, __builtin_strlen(inner), "::");
    const std::string text = "std::basic_string<char, std::char_traits<char>, std::allocator<char> >";
    for (std::size_t at; (at = name.find(text)) != std::string::npos;)
        name.replace(at, text.size(), "std::string");
    return name;
}

// Reads the server's own JSON: it is well formed, but not what it has to be.
class reader {
public:
    reader(const char* from, const char* end) : at(from), end(end) {}

    char peek()
    {
        while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
            ++at;
        return at < end ? *at : '\0';
    }

    bool accept(char letter)
    {
        if (peek() != letter)
            return false;
        ++at;
        return true;
    }

    void need(char letter, const char* what)
    {
        if (!accept(letter))
            throw mismatch{ std::string("is no ") + what };
    }

    bool word(const char* text)
    {
        peek();
        std::size_t length = __builtin_strlen(text);
        if (static_cast<std::size_t>(end - at) < length || __builtin_memcmp(at, text, length) != 0)
            return false;
        at += length;
        return true;
    }

    // {"$name": of a value that JSON has no form for.
    bool special(const char* name)
    {
        const char* before = at;
        if (accept('{') && peek() == '"' && text() == name && accept(':'))
            return true;
        at = before;
        return false;
    }

    // The letters of a number.
    std::string number(const char* what)
    {
        peek();
        const char* from = at;
        while (at < end && ((*at >= '0' && *at <= '9') || *at == '-' || *at == '+' || *at == '.' || *at == 'e' || *at == 'E'))
            ++at;
        if (from == at)
            throw mismatch{ std::string("is no ") + what };
        return std::string(from, at);
    }

    std::string text()
    {
        need('"', "string");
        std::string out;
        while (at < end && *at != '"') {
            if (*at != '\\') {
                out += *at++;
                continue;
            }
            char kind = at[1];
            at += 2;
            switch (kind) {
            case 'b': out += '\b'; break;
            case 'f': out += '\f'; break;
            case 'n': out += '\n'; break;
            case 'r': out += '\r'; break;
            case 't': out += '\t'; break;
            case 'u': utf8(out); break;
            default: out += kind;
            }
        }
        ++at;
        return out;
    }

    // Calls it at each item of an array.
    template <class Item> void array(const char* what, Item item)
    {
        need('[', what);
        if (accept(']'))
            return;
        do
            item();
        while (accept(','));
        need(']', what);
    }

private:
    const char *at, *end;

    unsigned long unit()
    {
        char digits[5] = { at[0], at[1], at[2], at[3], 0 };
        at += 4;
        return std::strtoul(digits, nullptr, 16);
    }

    void utf8(std::string& out)
    {
        unsigned long code = unit();
        if (code >= 0xD800 && code < 0xDC00 && at[0] == '\\' && at[1] == 'u') {
            at += 2;
            code = 0x10000 + ((code - 0xD800) << 10) + (unit() - 0xDC00);
        }
        if (code < 0x80) {
            out += static_cast<char>(code);
            return;
        }
        int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        static const unsigned char heads[] = { 0, 0xC0, 0xE0, 0xF0 };
        out += static_cast<char>(heads[more] | code >> 6 * more);
        while (more-- > 0)
            out += static_cast<char>(0x80 | (code >> 6 * more & 0x3F));
    }
};


class writer {
public:
    std::string out;

    // Once a value: what goes in a circle has no end.
    void check()
    {
        if (out.size() > (64u << 20) || ++values > most_values)
            throw too_large();
    }

    void text(const std::string& text)
    {
        out += '"';
        for (unsigned char letter : text) {
            if (letter >= 0x20 && letter != '"' && letter != '\\') {
                out += static_cast<char>(letter);
                continue;
            }
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", letter);
            out += escape;
        }
        out += '"';
    }

    // A text's bytes may be none of UTF-8's: they cross as bytes.
    void bytes(const std::string& bytes)
    {
        static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        out += "{\"$bytes\":\"";
        for (std::size_t i = 0; i < bytes.size(); i += 3) {
            unsigned group = 0;
            for (std::size_t j = 0; j < 3; ++j)
                group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
            for (std::size_t j = 0; j < 4; ++j)
                out += i + j > bytes.size() ? '=' : letters[group >> 6 * (3 - j) & 63];
        }
        out += "\"}";
    }

private:
    std::size_t values = 0;
};

inline bool is_utf8(const std::string& text)
{
    for (std::size_t i = 0; i < text.size();) {
        unsigned char head = static_cast<unsigned char>(text[i++]);
        int more = head < 0x80 ? 0 : head >= 0xC2 && head < 0xE0 ? 1 : (head & 0xF0) == 0xE0 ? 2 : head >= 0xF0 && head < 0xF5 ? 3 : -1;
        if (more < 0)
            return false;
        unsigned code = head & (0x7F >> more);
        for (int j = 0; j < more; ++j) {
            if (i == text.size() || (text[i] & 0xC0) != 0x80)
                return false;
            code = code << 6 | (text[i++] & 0x3F);
        }
        if ((more == 2 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) || (more == 3 && (code < 0x10000 || code > 0x10FFFF)))
            return false;
    }
    return true;
}

inline std::string from_base64(const std::string& text)
{
    std::string bytes;
    unsigned group = 0;
    int bits = 0;
    for (char letter : text) {
        int value = letter >= 'A' && letter <= 'Z' ? letter - 'A' : letter >= 'a' && letter <= 'z' ? letter - 'a' + 26
            : letter >= '0' && letter <= '9' ? letter - '0' + 52 : letter == '+' ? 62 : letter == '/' ? 63 : -1;
        if (value < 0)
            break;
        group = group << 6 | static_cast<unsigned>(value);
        if ((bits += 6) >= 8)
            bytes += static_cast<char>(group >> (bits -= 8) & 0xFF);
    }
    return bytes;
}

}
