// The forms of containers, tuples and pointers.
#pragma once
#include "call_values.hpp"

namespace rewardserver_call {

template <class T> struct form<T, if_kind<kind::sequence, T>> {
    using item = typename T::value_type;
    static constexpr bool in = form<item>::in, out = form<item>::out;
    static void read(reader& from, T& value)
    {
        if constexpr (std::is_same<item, unsigned char>::value)
            if (from.special("$bytes")) {
                for (char letter : from_base64(from.text()))
                    value.push_back(static_cast<unsigned char>(letter));
                return from.need('}', "bytes");
            }
        read_items(from, "list", [&] { value.push_back(read_item<item>(from)); });
    }
    static void write(writer& to, const T& value) { write_items(to, value); }
};

template <class T> struct form<T, if_kind<kind::adaptor, T>> {
    using item = typename T::value_type;
    static constexpr bool in = form<item>::in, out = false;
    static void read(reader& from, T& value) { read_items(from, "list", [&] { value.push(read_item<item>(from)); }); }
    static void write(writer&, const T&) {}
};

template <class T> struct form<T, if_kind<kind::set, T>> {
    using item = typename T::value_type;
    static constexpr bool in = form<item>::in, out = form<item>::out;
    static void read(reader& from, T& value) { read_items(from, "set", [&] { value.insert(read_item<item>(from)); }); }
    static void write(writer& to, const T& value)
    {
        to.out += "{\"$set\":";
        write_items(to, value);
        to.out += '}';
    }
};

// One that holds equals has no form but a list.
template <class T> struct form<T, if_kind<kind::many, T>> {
    using item = typename T::value_type;
    static constexpr bool in = form<item>::in, out = form<item>::out;
    static void read(reader& from, T& value) { read_items(from, "list", [&] { value.insert(read_item<item>(from)); }); }
    static void write(writer& to, const T& value) { write_items(to, value); }
};

template <class T> struct form<T, if_kind<kind::map, T>> {
    using key = typename T::key_type;
    using mapped = typename T::mapped_type;
    static constexpr bool in = form<key>::in && form<mapped>::in, out = form<key>::out && form<mapped>::out;
    static constexpr bool by_name = std::is_same<key, std::string>::value || std::is_same<key, char>::value;

    static void read(reader& from, T& value)
    {
        if (from.special("$dict")) {
            from.array("map", [&] {
                from.need('[', "map");
                key name = read_item<key>(from);
                from.need(',', "map");
                value.insert({ std::move(name), read_item<mapped>(from) });
                from.need(']', "map");
            });
            return from.need('}', "map");
        }
        bool escaped = from.special("$escape");
        from.need('{', "map");
        if (!from.accept('}')) {
            do {
                key name = key_of(from);
                from.need(':', "map");
                value.insert({ std::move(name), read_item<mapped>(from) });
            } while (from.accept(','));
            from.need('}', "map");
        }
        if (escaped)
            from.need('}', "map");
    }

    static void write(writer& to, const T& value)
    {
        bool escaped = false;
        if constexpr (by_name)
            for (auto&& pair : value)
                escaped = escaped || first_of(pair.first) == '$';
        to.out += !by_name ? "{\"$dict\":[" : escaped ? "{\"$escape\":{" : "{";
        bool first = true;
        for (auto&& pair : value) {
            to.out += first ? "" : ",";
            to.out += by_name ? "" : "[";
            first = false;
            if constexpr (by_name)
                to.text(std::string() + pair.first);
            else
                rewardserver_call::write<key>(to, pair.first);
            to.out += by_name ? ":" : ",";
            rewardserver_call::write<mapped>(to, pair.second);
            to.out += by_name ? "" : "]";
        }
        to.out += !by_name ? "]}" : escaped ? "}}" : "}";
    }

private:
    static char first_of(const std::string& name) { return name.empty() ? '\0' : name[0]; }
    static char first_of(char name) { return name; }

    // JSON's own objects have texts for keys: a number's is read as it.
    static key key_of(reader& from)
    {
        if constexpr (by_name || !(is_integer<key> || std::is_floating_point<key>::value))
            return read_item<key>(from);
        else {
            std::string name = from.text();
            reader inside(name.data(), name.data() + name.size());
            return read_item<key>(inside);
        }
    }
};

template <class T> struct form<T, if_kind<kind::array, T>> {
    using item = typename T::value_type;
    static constexpr bool in = form<item>::in, out = form<item>::out;
    static void read(reader& from, T& value)
    {
        std::size_t count = 0;
        read_items(from, "list", [&] {
            if (count == value.size())
                throw mismatch{ "has too many items" };
            rewardserver_call::read(from, value[count++]);
        });
        if (count < value.size())
            throw mismatch{ "has too few items" };
    }
    static void write(writer& to, const T& value) { write_items(to, value); }
};

template <class T, class Indices> struct parts;
template <class T, std::size_t... I> struct parts<T, std::index_sequence<I...>> {
    template <std::size_t N> using part = bare<std::tuple_element_t<N, T>>;
    static constexpr bool in = (form<part<I>>::in && ...), out = (form<part<I>>::out && ...);
    template <std::size_t N> static void read_one(reader& from, T& value)
    {
        if (N > 0)
            from.need(',', "tuple of as many items");
        read<part<N>>(from, std::get<N>(value));
    }
    static void read_all(reader& from, T& value) { (read_one<I>(from, value), ...); }
    static void write_all(writer& to, const T& value) { ((to.out += I > 0 ? "," : "", write<part<I>>(to, std::get<I>(value))), ...); }
};

template <class T> struct form<T, if_kind<kind::tuple, T>> {
    using all = parts<T, std::make_index_sequence<std::tuple_size<T>::value>>;
    static constexpr bool in = all::in, out = all::out;
    static void read(reader& from, T& value)
    {
        bool wrapped = from.special("$tuple");
        from.need('[', "tuple");
        all::read_all(from, value);
        from.need(']', "tuple of as many items");
        if (wrapped)
            from.need('}', "tuple");
    }
    static void write(writer& to, const T& value)
    {
        to.out += "{\"$tuple\":[";
        all::write_all(to, value);
        to.out += "]}";
    }
};

template <class T> struct form<T, if_kind<kind::optional, T>> {
    using item = typename T::value_type;
    static constexpr bool in = form<item>::in, out = form<item>::out;
    static void read(reader& from, T& value)
    {
        if (!from.word("null"))
            value = read_item<item>(from);
    }
    static void write(writer& to, const T& value)
    {
        if (value.has_value())
            rewardserver_call::write<item>(to, *value);
        else
            to.out += "null";
    }
};

template <class T> struct form<T, if_kind<kind::complex, T>> {
    using part = bare<decltype(std::declval<T>().real())>;
    static constexpr bool in = form<part>::in, out = form<part>::out;
    static void read(reader& from, T& value)
    {
        if (!from.special("$complex")) {
            value = T(read_item<part>(from), part());
            return;
        }
        from.need('[', "complex number");
        part real = read_item<part>(from);
        from.need(',', "complex number");
        value = T(real, read_item<part>(from));
        from.need(']', "complex number");
        from.need('}', "complex number");
    }
    static void write(writer& to, const T& value)
    {
        to.out += "{\"$complex\":[";
        rewardserver_call::write<part>(to, value.real());
        to.out += ',';
        rewardserver_call::write<part>(to, value.imag());
        to.out += "]}";
    }
};

}
