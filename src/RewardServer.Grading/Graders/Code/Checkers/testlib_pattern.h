// Patterns of tokens and lines: [a-z]{1,10}, alternatives with |, groups with (), counts with {}, ?, * and +. Matching is
// greedy and never goes back, as in testlib, so its time is that of reading. A part of testlib.h.
#ifndef TESTLIB_PATTERN_H
#define TESTLIB_PATTERN_H

#include "testlib_base.h"

[[noreturn]] void quit(TResult result, const std::string &message);

class random_t;

class pattern {
  public:
    pattern(std::string form) : form(form) {
        size_t at = 0;
        std::string bare;
        for (size_t i = 0; i < form.size(); i++) {
            if (form[i] == '\\' && i + 1 < form.size()) {
                bare += form[i++];
                bare += form[i];
            } else if (form[i] != ' ') {
                bare += form[i];
            }
        }
        read(bare, at, alternatives);
        if (at != bare.size())
            fault("an unexpected ')'");
    }

    bool matches(const std::string &text) const {
        for (const Sequence &sequence : alternatives) {
            size_t at = 0;
            if (follow(sequence, text, at) && at == text.size())
                return true;
        }
        return false;
    }

    // A random text that matches. Where a count has no upper end, up to 10 more.
    std::string next(random_t &random) const;

    const std::string &src() const { return form; }

  private:
    struct Unit;
    typedef std::vector<Unit> Sequence;
    struct Unit {
        std::vector<bool> letters; // Of one character; empty for a group.
        std::vector<Sequence> group;
        long from = 1, to = 1;
    };

    std::string form;
    std::vector<Sequence> alternatives;

    [[noreturn]] void fault(const std::string &what) const { quit(_fail, "pattern \"" + form + "\": " + what); }

    void read(const std::string &text, size_t &at, std::vector<Sequence> &into) const {
        into.emplace_back();
        while (at < text.size() && text[at] != ')') {
            if (text[at] == '|') {
                at++;
                into.emplace_back();
                continue;
            }
            Unit unit;
            if (text[at] == '(') {
                read(text, ++at, unit.group);
                if (at++ >= text.size())
                    fault("a '(' is not closed");
            } else if (text[at] == '[') {
                unit.letters = set(text, ++at);
            } else {
                unit.letters.assign(256, false);
                unit.letters[(unsigned char)letter(text, at)] = true;
            }
            count(text, at, unit);
            into.back().push_back(unit);
        }
    }

    char letter(const std::string &text, size_t &at) const {
        if (text[at] == '\\' && ++at == text.size())
            fault("a '\\' at its end");
        return text[at++];
    }

    std::vector<bool> set(const std::string &text, size_t &at) const {
        bool inverted = at < text.size() && text[at] == '^';
        at += inverted;
        std::vector<bool> letters(256, inverted);
        while (at < text.size() && text[at] != ']') {
            unsigned char from = letter(text, at), to = from;
            if (at + 1 < text.size() && text[at] == '-' && text[at + 1] != ']')
                to = letter(text, ++at);
            if (to < from)
                fault("a range whose end is before its start");
            for (int code = from; code <= to; code++)
                letters[code] = !inverted;
        }
        if (at++ >= text.size())
            fault("a '[' is not closed");
        return letters;
    }

    void count(const std::string &text, size_t &at, Unit &unit) const {
        if (at >= text.size())
            return;
        char mark = text[at];
        if (mark == '?' || mark == '*' || mark == '+') {
            at++;
            unit.from = mark == '+';
            unit.to = mark == '?' ? 1 : LONG_MAX;
        } else if (mark == '{') {
            size_t end = text.find('}', at);
            if (end == std::string::npos)
                fault("a '{' is not closed");
            std::vector<std::string> parts = split(text.substr(at + 1, end - at - 1), ',');
            unit.from = std::atol(parts[0].c_str());
            unit.to = parts.size() == 1 ? unit.from : parts[1].empty() ? LONG_MAX : std::atol(parts[1].c_str());
            if (parts.size() > 2 || unit.from < 0 || unit.to < unit.from)
                fault("a count that is none");
            at = end + 1;
        }
    }

    static bool follow(const Sequence &sequence, const std::string &text, size_t &at) {
        for (const Unit &unit : sequence) {
            long times = 0;
            while (times < unit.to && once(unit, text, at))
                times++;
            if (times < unit.from)
                return false;
        }
        return true;
    }

    static bool once(const Unit &unit, const std::string &text, size_t &at) {
        if (!unit.letters.empty())
            return at < text.size() && unit.letters[(unsigned char)text[at]] && ++at;
        for (const Sequence &sequence : unit.group) {
            size_t reached = at;
            // An empty match would be repeated for ever.
            if (follow(sequence, text, reached) && (reached > at || unit.to != LONG_MAX)) {
                at = reached;
                return true;
            }
        }
        return false;
    }

    void grow(const std::vector<Sequence> &from, random_t &random, std::string &into) const;
};

#endif
