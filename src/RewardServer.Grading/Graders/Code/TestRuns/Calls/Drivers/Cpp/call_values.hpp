// Values of C++ in their JSON form and back, by their types. Those of the standard library are known by what they can do
// rather than by name, so that none of its headers need be here.
#pragma once
#include "call_json.hpp"

namespace rewardserver_call {

template <class T> using bare = std::remove_cv_t<std::remove_reference_t<T>>;

// What is known of a type: whether it can be given (in) and told (out), and how.
template <class T, class = void> struct form {
    static constexpr bool in = false, out = false;
    static void read(reader&, T&) {}
    static void write(writer&, const T&) {}
};

template <class T> void read(reader& from, T& value) { form<T>::read(from, value); }
template <class T> void write(writer& to, const T& value)
{
    to.check();
    form<T>::write(to, value);
}

template <> struct form<bool> {
    static constexpr bool in = true, out = true;
    static void read(reader& from, bool& value)
    {
        if (!(value = from.word("true")) && !from.word("false"))
            throw mismatch{ "is no bool" };
    }
    static void write(writer& to, bool value) { to.out += value ? "true" : "false"; }
};

template <> struct form<std::string> {
    static constexpr bool in = true, out = true;
    static void read(reader& from, std::string& value)
    {
        if (from.special("$bytes")) {
            value = from_base64(from.text());
            from.need('}', "bytes");
        } else
            value = from.text();
    }
    static void write(writer& to, const std::string& value) { is_utf8(value) ? to.text(value) : to.bytes(value); }
};

template <> struct form<char> {
    static constexpr bool in = true, out = true;
    static void read(reader& from, char& value)
    {
        std::string text = from.text();
        if (text.size() != 1)
            throw mismatch{ "is no single char" };
        value = text[0];
    }
    static void write(writer& to, char value) { form<std::string>::write(to, std::string(1, value)); }
};

template <class T> constexpr bool is_integer =
    (std::is_integral<T>::value || std::is_same<T, __int128>::value || std::is_same<T, unsigned __int128>::value)
    && !std::is_same<T, bool>::value && !std::is_same<T, char>::value;

template <class T> struct form<T, std::enable_if_t<is_integer<T>>> {
    static constexpr bool in = true, out = true;
    static void read(reader& from, T& value)
    {
        std::string digits = from.number("integer");
        bool minus = digits[0] == '-';
        unsigned __int128 size = 0, most = static_cast<unsigned __int128>(std::numeric_limits<T>::max()) + (minus && least() ? 1 : 0);
        if (minus && !least())
            most = 0;
        for (std::size_t i = minus; i < digits.size(); ++i) {
            if (digits[i] < '0' || digits[i] > '9')
                throw mismatch{ "is no integer" };
            unsigned digit = static_cast<unsigned>(digits[i] - '0');
            if (digit > most || size > (most - digit) / 10)
                throw mismatch{ "is too large for " + name_of(typeid(T)) };
            size = size * 10 + digit;
        }
        value = minus ? static_cast<T>(0 - size) : static_cast<T>(size);
    }
    static void write(writer& to, T value)
    {
        char digits[48];
        char* at = digits + sizeof digits;
        bool minus = value < 0;
        unsigned __int128 size = minus ? 0 - static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
        do
            *--at = static_cast<char>('0' + static_cast<int>(size % 10));
        while (size /= 10);
        if (minus)
            *--at = '-';
        to.out.append(at, digits + sizeof digits);
    }
private:
    static constexpr bool least() { return static_cast<T>(-1) < 0; }
};

template <class T> struct form<T, std::enable_if_t<std::is_floating_point<T>::value>> {
    static constexpr bool in = true, out = true;
    static void read(reader& from, T& value)
    {
        if (from.special("$float")) {
            std::string name = from.text();
            value = name == "nan" ? std::numeric_limits<T>::quiet_NaN() : std::numeric_limits<T>::infinity();
            if (name == "-inf")
                value = -value;
            from.need('}', "number");
        } else
            value = of(from.number("number"), value);
    }
    static void write(writer& to, T value)
    {
        // What is larger than any double is infinite to the server.
        double plain = static_cast<double>(value);
        if (plain != plain || plain - plain != 0) {
            to.out += value != value ? "{\"$float\":\"nan\"}" : value > 0 ? "{\"$float\":\"inf\"}" : "{\"$float\":\"-inf\"}";
            return;
        }
        // The fewest digits that say it; a 21st, which a long double may need, is no double's.
        char digits[64];
        for (int count = std::numeric_limits<T>::digits10;; ++count) {
            std::snprintf(digits, sizeof digits, "%.*Lg", count, static_cast<long double>(value));
            if (count >= std::numeric_limits<T>::max_digits10 || of(digits, value) == value)
                break;
        }
        std::string text = digits;
        to.out += text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
    }
private:
    static float of(const std::string& text, float) { return std::strtof(text.c_str(), nullptr); }
    static double of(const std::string& text, double) { return std::strtod(text.c_str(), nullptr); }
    static long double of(const std::string& text, long double) { return std::strtold(text.c_str(), nullptr); }
};

// Whether an expression of a type is one.
template <template <class> class Expression, class T, class = void> struct holds : std::false_type {};
template <template <class> class Expression, class T> struct holds<Expression, T, std::void_t<Expression<T>>> : std::true_type {};

template <class T> using begins = decltype(std::declval<const T&>().begin() != std::declval<const T&>().end());
template <class T> using appends = decltype(std::declval<T&>().push_back(std::declval<typename T::value_type>()));
template <class T> using pushes = decltype(std::declval<T&>().push(std::declval<typename T::value_type>()));
template <class T> using inserts = decltype(std::declval<T&>().insert(std::declval<typename T::key_type>()));
template <class T> using inserts_once = decltype(std::declval<T&>().insert(std::declval<typename T::value_type>()).second);
template <class T> using maps = typename T::mapped_type;
template <class T> using counted = decltype(std::tuple_size<T>::value);
template <class T> using may_hold = decltype(std::declval<T&>().reset(), *std::declval<T&>(), std::declval<T&>().has_value());
template <class T> using has_parts = decltype(T(std::declval<T>().real(), std::declval<T>().imag()));

enum class kind { none, text_view, optional, tuple, array, map, set, many, sequence, adaptor, complex };

template <class T> constexpr kind kind_of()
{
    if constexpr (!std::is_class<T>::value)
        return kind::none;
    else if constexpr (holds<maps, T>::value && holds<begins, T>::value)
        return holds<inserts_once, T>::value ? kind::map : kind::none;
    else if constexpr (holds<inserts, T>::value && holds<begins, T>::value)
        return holds<inserts_once, T>::value ? kind::set : kind::many;
    else if constexpr (holds<appends, T>::value && holds<begins, T>::value)
        return kind::sequence;
    else if constexpr (holds<counted, T>::value)
        return holds<begins, T>::value ? kind::array : kind::tuple;
    else if constexpr (holds<may_hold, T>::value)
        return kind::optional;
    else if constexpr (holds<has_parts, T>::value)
        return kind::complex;
    else if constexpr (holds<pushes, T>::value)
        return kind::adaptor;
    else if constexpr (holds<begins, T>::value && std::is_convertible<const char*, T>::value)
        return kind::text_view;
    else
        return kind::none;
}

template <kind Kind, class T> using if_kind = std::enable_if_t<kind_of<T>() == Kind>;

// Items in a row, of a list, a tuple or a set alike: what they are put into says what they are.
template <class Item> void read_items(reader& from, const char* what, Item item)
{
    bool wrapped = from.special("$tuple") || from.special("$set") || from.special("$frozenset");
    from.array(what, item);
    if (wrapped)
        from.need('}', what);
}

template <class T> void write_items(writer& to, const T& items)
{
    to.out += '[';
    bool first = true;
    for (auto&& item : items) {
        if (!first)
            to.out += ',';
        first = false;
        write<typename T::value_type>(to, item);
    }
    to.out += ']';
}

template <class T> T read_item(reader& from)
{
    T item{};
    read(from, item);
    return item;
}

}
