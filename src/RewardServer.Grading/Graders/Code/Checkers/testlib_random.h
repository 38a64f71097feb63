// Random numbers that are the same on every machine for the same arguments, and a generator's options. A part of testlib.h.
#ifndef TESTLIB_RANDOM_H
#define TESTLIB_RANDOM_H

#include "testlib_pattern.h"

class random_t {
  public:
    void setSeed(long long seed) { state = uint64_t(seed); }

    // Takes a text into what the numbers follow from.
    void mix(const std::string &text) {
        for (unsigned char letter : text)
            state = (state ^ letter) * 0x100000001b3ULL;
        bits();
    }

    double next() { return double(bits() >> 11) / 9007199254740992.0; }
    double next(double below) { return next() * below; }
    double next(double from, double to) { return from + next() * (to - from); }
    int next(int below) { return int(next((long long)below)); }
    unsigned int next(unsigned int below) { return (unsigned int)next((long long)below); }
    long next(long below) { return long(next((long long)below)); }
    long long next(long long below) {
        if (below <= 0)
            quit(_fail, "random_t::next(n): n must be above 0");
        return (long long)(this->below(uint64_t(below)));
    }
    int next(int from, int to) { return int(next((long long)from, (long long)to)); }
    long next(long from, long to) { return long(next((long long)from, (long long)to)); }
    long long next(long long from, long long to) {
        if (from > to)
            quit(_fail, "random_t::next(from, to): from must not be above to");
        uint64_t width = uint64_t(to) - uint64_t(from) + 1;
        return (long long)(uint64_t(from) + (width == 0 ? bits() : below(width)));
    }
    std::string next(const pattern &form) { return form.next(*this); }
    std::string next(const std::string &form) { return pattern(form).next(*this); }
    template <class First, class... More> std::string next(const char *form, First first, More... more) { return next(format(form, first, more...)); }
    std::string next(const char *form) { return next(std::string(form)); }

    // The greatest (or, for a type below 0, the least) of as many numbers as the type says, and one.
    template <class T> T wnext(T below, int type) { return wnext(T(0), T(below - 1), type); }
    template <class T> T wnext(T from, T to, int type) {
        T best = next(from, to);
        for (int i = 0; i < std::abs(type); i++)
            best = type > 0 ? std::max(best, next(from, to)) : std::min(best, next(from, to));
        return best;
    }
    double wnext(int type) {
        double best = next();
        for (int i = 0; i < std::abs(type); i++)
            best = type > 0 ? std::max(best, next()) : std::min(best, next());
        return best;
    }

    template <class Collection> typename Collection::value_type any(const Collection &all) { return any(all.begin(), all.end()); }
    template <class Iterator> typename std::iterator_traits<Iterator>::value_type any(Iterator first, Iterator last) {
        return *std::next(first, next((long long)std::distance(first, last)));
    }
    template <class Collection> typename Collection::value_type wany(const Collection &all, int type) {
        return *std::next(all.begin(), wnext((long long)all.size(), type));
    }

    template <class T> std::vector<T> perm(T size, T first = T(0)) {
        std::vector<T> all(size_t(size), first);
        for (size_t i = 1; i < all.size(); i++) {
            size_t other = size_t(next((long long)i + 1));
            all[i] = all[other];
            all[other] = first + T(i);
        }
        return all;
    }

    // Different numbers of a range.
    template <class T> std::vector<T> distinct(int size, T from, T to) {
        uint64_t width = uint64_t((long long)to) - uint64_t((long long)from) + 1;
        if (size < 0 || (width != 0 && uint64_t(size) > width))
            quit(_fail, "random_t::distinct: there are not so many numbers");
        std::set<T> taken;
        std::vector<T> all;
        // Floyd's way: each step takes the number drawn, or the last one where that is taken.
        for (uint64_t last = width - uint64_t(size); all.size() < size_t(size); last++) {
            T drawn = T(from + T(last == UINT64_MAX ? bits() : below(last + 1)));
            if (!taken.insert(drawn).second)
                taken.insert(drawn = T(from + T(last)));
            all.push_back(drawn);
        }
        for (size_t i = 1; i < all.size(); i++)
            std::swap(all[i], all[size_t(next((long long)i + 1))]);
        return all;
    }
    template <class T> std::vector<T> distinct(int size, T below) { return distinct(size, T(0), T(below - 1)); }

    // Parts of at least the least that make up a sum.
    template <class T> std::vector<T> partition(int size, T sum, T least = T(1)) {
        if (size <= 0 || sum < T(size) * least)
            quit(_fail, "random_t::partition: there is no such partition");
        T free = sum - T(size) * least;
        std::vector<T> cuts;
        for (int i = 1; i < size; i++)
            cuts.push_back(next(T(0), free));
        std::sort(cuts.begin(), cuts.end());
        cuts.push_back(free);
        std::vector<T> parts;
        for (size_t i = 0; i < cuts.size(); i++)
            parts.push_back(cuts[i] - (i ? cuts[i - 1] : T(0)) + least);
        return parts;
    }

    uint64_t bits() {
        uint64_t mixed = state += 0x9e3779b97f4a7c15ULL;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31);
    }

  private:
    uint64_t state = 0xcbf29ce484222325ULL;

    // Without the bias of a remainder.
    uint64_t below(uint64_t end) {
        uint64_t drawn, limit = UINT64_MAX - UINT64_MAX % end;
        do
            drawn = bits();
        while (drawn >= limit);
        return drawn % end;
    }
};

static random_t rnd;

template <class Iterator> inline void shuffle(Iterator first, Iterator last) {
    for (auto i = std::distance(first, last) - 1; i > 0; i--)
        std::iter_swap(first + i, first + rnd.next((long long)i + 1));
}

inline void pattern::grow(const std::vector<Sequence> &from, random_t &random, std::string &into) const {
    for (const Unit &unit : from[size_t(random.next((long long)from.size()))]) {
        long times = random.next(unit.from, unit.to == LONG_MAX ? unit.from + 10 : unit.to);
        std::string letters;
        for (size_t code = 0; code < unit.letters.size(); code++)
            if (unit.letters[code])
                letters += char(code);
        if (letters.empty() && !unit.letters.empty())
            fault("a set without characters");
        for (long i = 0; i < times; i++) {
            if (letters.empty())
                grow(unit.group, random, into);
            else
                into += letters[size_t(random.next((long long)letters.size()))];
        }
    }
}

inline std::string pattern::next(random_t &random) const {
    std::string text;
    grow(alternatives, random, text);
    return text;
}

// Options: words by their place from 1, or by their name in -name=value, -name value and -flag.
static std::vector<std::string> testlibWords;
static std::map<std::string, std::string> testlibNamed;

inline void testlibSetOptions(const std::vector<std::string> &words) {
    testlibWords = words;
    for (size_t i = 0; i < words.size(); i++) {
        size_t start = words[i].find_first_not_of('-');
        if (start == 0 || start == std::string::npos || std::isdigit((unsigned char)words[i][start]))
            continue;
        std::string name = words[i].substr(start);
        size_t equals = name.find('=');
        if (equals != std::string::npos)
            testlibNamed[name.substr(0, equals)] = name.substr(equals + 1);
        else
            testlibNamed[name] = i + 1 < words.size() && (words[i + 1][0] != '-' || std::isdigit((unsigned char)words[i + 1][1])) ? words[i + 1] : "true";
    }
}

template <class T> inline T testlibOption(const std::string &text) {
    T value;
    std::istringstream words(text);
    words >> std::boolalpha >> value;
    if (words.fail() || !(words >> std::ws).eof())
        quit(_fail, "an option is \"" + compress(text) + "\", which is not of its type");
    return value;
}
template <> inline std::string testlibOption<std::string>(const std::string &text) { return text; }

inline bool has_opt(const std::string &name) { return testlibNamed.count(name) > 0; }
template <class T> inline T opt(int index) {
    if (index < 1 || size_t(index) > testlibWords.size())
        quit(_fail, "there is no option " + vtos(index));
    return testlibOption<T>(testlibWords[size_t(index) - 1]);
}
template <class T> inline T opt(const std::string &name) {
    if (!has_opt(name))
        quit(_fail, "there is no option " + name);
    return testlibOption<T>(testlibNamed[name]);
}
template <class T> inline T opt(const std::string &name, const T &otherwise) { return has_opt(name) ? opt<T>(name) : otherwise; }
template <class T> inline T opt(int index, const T &otherwise) { return index >= 1 && size_t(index) <= testlibWords.size() ? opt<T>(index) : otherwise; }
inline std::string opt(int index) { return opt<std::string>(index); }
inline std::string opt(const std::string &name) { return opt<std::string>(name); }

#endif
